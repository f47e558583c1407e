using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Cosine of an angle in radians.</summary>
/// <remarks>Reduced by multiples of π/2 kept in three parts. Beyond 2²² (float32) or 2⁴⁵ (float64) the parts hold too few digits
/// and the result is NaN, not a number without meaning; so it is for ±∞.
/// Error: at most 0.89 ulp over every float32 up to 2²⁰, 3.8 up to 2²²; 0.9 over samples of float64.</remarks>
public static class Cos
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>cos x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => new SinCosReduction(FloatLayout.Of(x, nameof(Cos)), x).Sin(1);
}
