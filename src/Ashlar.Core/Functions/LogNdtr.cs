using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>ln of the standard normal distribution function.</summary>
/// <remarks>With t = e^(a²) erfc(a) / 2 of <see cref="Erfc"/> at a = |x| / √2 it is ln t - x²/2 for negative x, else ln(1 - t e^(-x²/2)). float32 in float64.
/// -∞ gives -∞, ∞ gives 0, NaN gives NaN.
/// Error: at most 0.8 ulp over samples of float32, 5 of float64.</remarks>
public static class LogNdtr
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>ln Φ(x) of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(LogNdtr), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar scaled = Erfc.Scaled(layout, Bound.AtMost(x.Abs(), 1e10) * 0.70710678118654752) * 0.5;
        Scalar square = x * x;
        Scalar lost = Scalar.Fma(x, x, -square);
        var reduction = new ExpReduction(layout, Bound.AtLeast(square * -0.5, -746), Scalar.Select(x > 40, x.Like(0), lost * -0.5), 2 * layout.Bias);
        Scalar beyond = -reduction.Scale(reduction.Exp() * scaled);
        Scalar right = layout.IsCoarse ? CoarseLog.Log1p(beyond) : Log1p.Of(beyond);
        Scalar left = (layout.IsCoarse ? CoarseLog.Of(scaled) : Log.Of(scaled)) - (square * 0.5);

        // The bits of a NaN went through the reduction's integers and may have become a number.
        return Scalar.Select(x < 0, left, Scalar.Select(x >= 0, right, x));
    }
}
