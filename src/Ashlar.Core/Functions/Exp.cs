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
        (double none, double most) = layout.IsSingle ? (-104.0, 89.0) : (-746.0, 710.0);

        // A factor that makes a result subnormal is slow on many processors, so what is certainly 0 takes another way: attention asks for e^-∞ by the million.
        Scalar vanishes = x < x.Like(none);
        var reduction = new ExpReduction(layout, Scalar.Select(vanishes, x.Like(0), Bound.AtMost(x, most)), 2 * layout.Bias);
        return Scalar.Select(vanishes, x.Like(0), reduction.Scale(reduction.Exp()));
    }
}
