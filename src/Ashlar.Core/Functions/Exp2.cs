using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>2ˣ.</summary>
/// <remarks>x = n + r with n the nearest integer, 1 + r q(r), scaled by 2ⁿ. Integers give their power exactly; 2^-∞ = 0, 2^∞ = ∞, NaN stays;
/// subnormal results are rounded, not flushed. Tables come from tools/fit/functions.py.
/// Error: at most 0.87 ulp over every float32, 0.8 over samples of float64.</remarks>
public static class Exp2
{
    // (2^r - 1) / r, |r| ≤ 1/2
    static readonly double[] Single = [0.693147182, 0.240226507, 0.055504065, 9.61807743e-3, 1.33364298e-3, 1.5456375e-4, 1.47013016e-5];

    static readonly double[] Double =
    [
        0.69314718055994529, 0.24022650695910072, 0.055504108664822936, 9.6181291076280501e-3, 1.3333558146164477e-3, 1.5403530394050922e-4,
        1.5252734036707408e-5, 1.3215486318279697e-6, 1.0177985692335624e-7, 7.0550620281321778e-9, 4.4655289721964932e-10,
        2.5519923827251469e-11,
    ];

    /// <param name="x">float32 or float64.</param>
    /// <returns>2ˣ of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        var layout = FloatLayout.Of(x, nameof(Exp2));
        Scalar bounded = layout.IsSingle ? Bound.AtMost(Bound.AtLeast(x, -151), 129) : Bound.AtMost(Bound.AtLeast(x, -1076), 1025);
        var reduction = ExpReduction.OfPowerOfTwo(layout, bounded);
        Scalar r = reduction.Rest;
        return reduction.Scale(Scalar.Fma(Polynomial.Of(r, layout.IsSingle ? Single : Double), r, 1));
    }
}
