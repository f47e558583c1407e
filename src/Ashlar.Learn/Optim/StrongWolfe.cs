namespace Ashlar.Optim;

/// <summary>A line search for a step that lowers the value enough and flattens the slope enough.</summary>
/// <remarks>Nocedal, Wright 2006, "Numerical optimization", algorithms 3.5 and 3.6 with cubic interpolation (equation 3.59) and the safeguards that PyTorch has.</remarks>
static class StrongWolfe
{
    const double Decrease = 1e-4;
    const double Curvature = 0.9;
    const int MaxEvaluations = 25;

    /// <param name="Step">How far along the direction.</param>
    /// <param name="Value">The function there.</param>
    /// <param name="Slope">Its derivative along the direction.</param>
    /// <param name="Gradient">Its gradient there.</param>
    public readonly record struct Point(double Step, double Value, double Slope, Tensor Gradient);

    /// <param name="start">Where the search begins, its slope negative.</param>
    /// <param name="step">The first step to try.</param>
    /// <param name="reach">The largest element of the direction, by magnitude.</param>
    /// <param name="least">A bracket that moves no parameter farther than this is narrow enough.</param>
    /// <param name="evaluate">The function along the direction.</param>
    public static Point Search(Point start, double step, double reach, double least, Func<double, Point> evaluate)
    {
        Point last = start;
        Point point = evaluate(step);
        int evaluations = 0;
        while (true)
        {
            if (Rises(start, point) || (evaluations > 1 && point.Value >= last.Value) || (!IsFlat(start, point) && point.Slope >= 0))
            {
                break;
            }

            if (IsFlat(start, point))
            {
                return point;
            }

            double next = Cubic(last, point, point.Step + (0.01 * (point.Step - last.Step)), point.Step * 10);
            last = point;
            point = evaluate(next);
            if (++evaluations == MaxEvaluations)
            {
                last = start;
                break;
            }
        }

        return Zoom(start, last, point, reach, least, evaluations, evaluate);
    }

    static Point Zoom(Point start, Point first, Point second, double reach, double least, int evaluations, Func<double, Point> evaluate)
    {
        (Point low, Point high) = first.Value <= second.Value ? (first, second) : (second, first);
        bool stuck = false;
        for (; evaluations < MaxEvaluations && Math.Abs(high.Step - low.Step) * reach >= least; evaluations++)
        {
            (double left, double right) = (Math.Min(low.Step, high.Step), Math.Max(low.Step, high.Step));
            double step = low.Step < high.Step ? Cubic(low, high, left, right) : Cubic(high, low, left, right);
            double margin = 0.1 * (right - left);
            bool near = Math.Min(right - step, step - left) < margin;
            if (near && (stuck || step >= right || step <= left))
            {
                step = Math.Abs(step - right) < Math.Abs(step - left) ? right - margin : left + margin;
                near = false;
            }

            stuck = near;
            Point point = evaluate(step);
            if (Rises(start, point) || point.Value >= low.Value)
            {
                (low, high) = low.Value <= point.Value ? (low, point) : (point, low);
                continue;
            }

            if (IsFlat(start, point))
            {
                return point;
            }

            high = point.Slope * (high.Step - low.Step) >= 0 ? low : high;
            low = point;
        }

        return low;
    }

    static bool Rises(Point start, Point point) => !(point.Value <= start.Value + (Decrease * point.Step * start.Slope));

    static bool IsFlat(Point start, Point point) => Math.Abs(point.Slope) <= -Curvature * start.Slope;

    // The least point of the cubic through two values and slopes, a left of b or equal, kept between bounds.
    static double Cubic(Point a, Point b, double low, double high)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double square = (d1 * d1) - (a.Slope * b.Slope);
        if (!(square >= 0))
        {
            return (low + high) / 2;
        }

        double d2 = Math.Sqrt(square);
        double least = b.Step - ((b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
        return Math.Min(Math.Max(least, low), high);
    }
}
