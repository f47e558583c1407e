using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The angle of the point (x, y) in radians, in [-π, π].</summary>
/// <remarks>The smaller coordinate over the larger, reduced as in <see cref="Atan"/>, added to or subtracted from a multiple of π/4 kept in two parts; float32 in float64.
/// Signs of zeros choose the side of the cut as IEEE 754-2019, section 9.2.1, asks; infinities give multiples of π/4.
/// Error: at most 0.51 ulp over samples of float32, 1.4 of float64.</remarks>
public static class Atan2
{
    const double Quarter = 0.78539816339744831;
    const double QuarterLow = 3.061616997868383e-17;

    /// <param name="y">float32 or float64.</param>
    /// <param name="x">Of the same type.</param>
    /// <returns>The angle of the same type.</returns>
    /// <exception cref="DTypeException">y is not a float, or x is of another type.</exception>
    public static Scalar Of(Scalar y, Scalar x) => Wide.Apply(y, x, nameof(Atan2), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar y, Scalar x)
    {
        (Scalar ax, Scalar ay) = (x.Abs(), y.Abs());
        Scalar one = x.Like(1);
        Scalar small = Scalar.Min(ax, ay);
        Scalar large = Scalar.Max(ax, ay);
        Scalar both = small.EqualTo(x.Like(double.PositiveInfinity));
        small = Scalar.Select(both, one, small);
        large = Scalar.Select(both | large.EqualTo(x.Like(0)), one, large);

        // Halved so that the sum cannot overflow, where it loses nothing.
        Scalar scale = Scalar.Select(large > 1, x.Like(0.5), one);
        (small, large) = (small * scale, large * scale);
        Scalar middle = small > (large * AtanSeries.Eighth);
        Scalar t = Scalar.Select(middle, small - large, small) / Scalar.Select(middle, small + large, large);

        // angle = eighths · π/4 + sign · atan t
        Scalar swap = ay > ax;
        Scalar left = x.Bitcast(layout.Bits) < 0;
        Scalar eighths = Scalar.Select(middle, one, x.Like(0));
        eighths = Scalar.Select(swap, 2 - eighths, eighths);
        eighths = Scalar.Select(left, 4 - eighths, eighths);
        Scalar turned = Scalar.Select(swap ^ left, -t, t);
        Scalar three = eighths.EqualTo(x.Like(3));
        Scalar high = Scalar.Select(three, x.Like(2.3561944901923448), eighths * Quarter);
        Scalar low = Scalar.Select(three, x.Like(9.1848509936051484e-17), eighths * QuarterLow);
        return layout.CopySign(high + (turned + (AtanSeries.Tail(layout, turned) + low)), y);
    }
}
