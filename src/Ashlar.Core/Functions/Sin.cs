using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Sine of an angle in radians.</summary>
/// <remarks>Reduced by multiples of π/2 kept in three parts. Beyond 2²² (float32) or 2⁴⁵ (float64) the parts hold too few digits
/// and the result is NaN, not a number without meaning; so it is for ±∞. -0 stays.
/// Error: at most 0.89 ulp over every float32 up to 2²⁰, 3.8 up to 2²²; 0.9 over samples of float64.</remarks>
public static class Sin
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>sin x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        // The recovered rounding errors would turn -0 into +0.
        var reduction = new SinCosReduction(FloatLayout.Of(x, nameof(Sin)), x);
        return Scalar.Select(x.EqualTo(x.Like(0)), x, reduction.Sin(0));
    }
}
