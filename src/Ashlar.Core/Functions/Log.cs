using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Natural logarithm.</summary>
/// <remarks>x = 2ᵏ (1 + f). float32: a polynomial of degree 10 in f without division; float64: 2 atanh(f / (2 + f)), with the
/// leading f - f²/2 kept apart. Subnormal arguments are scaled first. ln 0 = -∞, ln ∞ = ∞, below zero NaN.
/// Error: at most 0.94 ulp over every float32, 0.9 over samples of float64.</remarks>
public static class Log
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>ln x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        var layout = FloatLayout.Of(x, nameof(Log));
        (Scalar k, Scalar mantissa, LogReduction reduction) = LogReduction.Split(layout, x);
        return LogReduction.Special(x, reduction.Log(k, mantissa - 1));
    }
}
