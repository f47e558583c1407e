using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>e^x.</summary>
/// <remarks>x = n ln 2 + r, a minimax polynomial of degree 6 (float32) or 11 (float64) in r, scaled by 2ⁿ.
/// e^-∞ = 0, e^∞ = ∞, NaN stays; subnormal results are rounded, not flushed.
/// Error: at most 0.90 ulp over every float32, 0.9 over samples of float64.</remarks>
public static class Exp
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>e^x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        var layout = FloatLayout.Of(x, nameof(Exp));
        Scalar bounded = layout.IsSingle ? Bound.AtMost(Bound.AtLeast(x, -104), 89) : Bound.AtMost(Bound.AtLeast(x, -746), 710);
        var reduction = new ExpReduction(layout, bounded, 2 * layout.Bias);
        return reduction.Scale(reduction.Exp());
    }
}
