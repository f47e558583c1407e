namespace Ashlar;

/// <summary>Holds gradients against finite differences, along random directions, in float64.</summary>
/// <remarks>
/// Differences D(h) = (f(x + hv) - f(x - hv)) / 2h at h = 2⁻¹⁰ and h/2 are extrapolated to (4 D(h/2) - D(h)) / 3 (Richardson 1911): the formula's error is of size h⁴ ≈ 10⁻¹²
/// times the fifth derivative, that of rounding 2⁻⁵³ / h ≈ 10⁻¹³ times the value. The tolerance 10⁻⁷ · (1 + |expected| + |value|) leaves five digits for
/// steeper functions; a wrong formula misses it by far. At a kink (ReLU at 0, equal maxima) there is no derivative to compare: move the point.
/// </remarks>
public static class GradientCheck
{
    const double Step = 1.0 / 1024;
    const double Tolerance = 1e-7;

    /// <summary>Checks the gradient of a function of one tensor.</summary>
    /// <param name="f">A floating tensor in, a floating tensor of any shape out; it must take float64.</param>
    /// <param name="at">Where; cast to float64.</param>
    /// <param name="order">1 for gradients, 2 for gradients of directional derivatives too.</param>
    /// <param name="directions">How many random directions, for each order.</param>
    /// <param name="key">Draws the directions; a fixed one by default.</param>
    public static GradientReport Run(Func<Tensor, Tensor> f, Tensor at, int order = 2, int directions = 3, RandomKey? key = null) =>
        Run(xs => f(xs[0]), [at], order, directions, key);

    /// <summary>Checks the gradients of a function of several tensors.</summary>
    /// <param name="f">Tensors in, a floating tensor of any shape out; it must take float64.</param>
    /// <param name="at">Where; floating ones are cast to float64, the others stay as they are.</param>
    /// <param name="order">1 for gradients, 2 for gradients of directional derivatives too.</param>
    /// <param name="directions">How many random directions, for each order.</param>
    /// <param name="key">Draws the directions; a fixed one by default.</param>
    /// <exception cref="DTypeException">No argument is floating, or the value of float64 arguments is not float64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is neither 1 nor 2, or there is no direction.</exception>
    public static GradientReport Run(Func<Tensor[], Tensor> f, Tensor[] at, int order = 2, int directions = 3, RandomKey? key = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 1);
        if (order is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"GradientCheck: order {order} is not checked. Ask for 1 or 2.");
        }

        int[] floating = [.. Enumerable.Range(0, at.Length).Where(i => at[i].DType.IsFloating)];
        if (floating.Length == 0)
        {
            throw new DTypeException("GradientCheck: no argument is floating. Give at least one float32 or float64 tensor.");
        }

        Tensor[] point = [.. at.Select((x, i) => floating.Contains(i) ? x.To(DType.Float64).StopGradient() : x)];
        RandomKey chance = key ?? RandomKey.FromSeed(0).Fold("gradient check");
        Func<Tensor[], Tensor> weighted = Weighted(f, point, chance);
        GradientReport? worst = null;
        for (int direction = 0; direction < directions; direction++)
        {
            Tensor[] v = Direction(point, floating, chance.Fold(direction));
            worst = Worse(worst, Compare(weighted, point, floating, v, 1, direction));
            if (order == 2)
            {
                Tensor[] w = Direction(point, floating, chance.Fold(direction + directions));
                worst = Worse(worst, Compare(xs => Slope(weighted, xs, floating, w), point, floating, v, 2, direction));
            }
        }

        return worst!;
    }

    // Σ c · f with fixed random weights c, so that every element of the result counts.
    static Func<Tensor[], Tensor> Weighted(Func<Tensor[], Tensor> f, Tensor[] point, RandomKey key)
    {
        Tensor value = f(point);
        if (value.DType != DType.Float64)
        {
            throw new DTypeException($"GradientCheck: the function gives {value.DType.Name} for float64 arguments. Let it keep their dtype: differences need the digits.");
        }

        Tensor weights = Tensor.RandomUniform(key.Fold("weights"), value.Shape, -1, 1, DType.Float64);
        return xs => (f(xs) * weights).Sum();
    }

    static Tensor[] Direction(Tensor[] point, int[] floating, RandomKey key) =>
        [.. floating.Select(i => Tensor.RandomUniform(key.Fold($"argument {i}"), point[i].Shape, -1, 1, DType.Float64))];

    static Tensor Slope(Func<Tensor[], Tensor> f, Tensor[] xs, int[] floating, Tensor[] v)
    {
        Tensor[] gradients = Transform.Gradient(f, floating)(xs);
        return gradients.Select((gradient, i) => (gradient * v[i]).Sum()).Aggregate((sum, part) => sum + part);
    }

    static GradientReport Compare(Func<Tensor[], Tensor> f, Tensor[] point, int[] floating, Tensor[] v, int order, int direction)
    {
        double wide = Difference(Step);
        double narrow = Difference(Step / 2);
        double expected = ((4 * narrow) - wide) / 3;
        double found = Slope(f, point, floating, v).Item<double>();
        return new GradientReport(order, direction, expected, found, Tolerance * (1 + Math.Abs(expected) + Math.Abs(Value(0))));

        double Difference(double h) => (Value(h) - Value(-h)) / (2 * h);

        double Value(double h)
        {
            Tensor[] moved = [.. point];
            for (int i = 0; i < floating.Length; i++)
            {
                moved[floating[i]] = point[floating[i]] + (v[i] * h);
            }

            return f(moved).Item<double>();
        }
    }

    static GradientReport Worse(GradientReport? a, GradientReport b) => a is null || !(b.Error / b.Tolerance <= a.Error / a.Tolerance) ? b : a;
}
