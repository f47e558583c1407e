using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Logarithm to base 2.</summary>
/// <remarks>float32: k + log₂(1 + f) in float64. float64: <see cref="LogPair"/> times a pair for 1 / ln 2, so powers of two give integers exactly.
/// log₂ 0 = -∞, log₂ ∞ = ∞, below zero NaN.
/// Error: at most 0.51 ulp over every float32, 0.6 over samples of float64.</remarks>
public static class Log2
{
    const double PerLn2 = 1.4426950408889634;
    const double PerLn2Low = 2.0355273740931033e-17;

    /// <param name="x">float32 or float64.</param>
    /// <returns>log₂ x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => LogReduction.Special(x, Wide.Apply(x, nameof(Log2), Positive));

    static Scalar Positive(FloatLayout layout, Scalar x)
    {
        if (!layout.IsCoarse)
        {
            return LogPair.Scaled(layout, x, PerLn2, PerLn2Low);
        }

        (Scalar k, Scalar rest) = CoarseLog.Split(x);
        return Scalar.Fma(rest, PerLn2, k);
    }
}
