using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>1 / (1 + e^-x).</summary>
/// <remarks>With e = e^-|x| and q = e / (1 + e) it is 1 - q for x ≥ 0 and e - e q below, so nothing cancels or overflows,
/// the rounding of the quotient is damped, and the left tail keeps its subnormal values.
/// Error: at most 1.65 ulp over every float32, 1.7 over samples of float64.</remarks>
public static class Sigmoid
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>The logistic function of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        var layout = FloatLayout.Of(x, nameof(Sigmoid));
        int lift = layout.Bias / 2;
        Scalar bounded = Bound.AtLeast(-x.Abs(), layout.IsSingle ? -104 : -746);
        var reduction = new ExpReduction(layout, bounded, layout.Bias + lift);
        Scalar e = reduction.Exp() * reduction.Power() * Math.ScaleB(1, -lift);
        Scalar whole = Scalar.Select(x < 0, e, x.Like(1));
        return Scalar.Fma(-whole, e / (e + 1), whole);
    }
}
