using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Cosine of an angle in radians.</summary>
public static class Cos
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>cos x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        return new SinCosReduction(FloatLayout.Of(x, nameof(Cos)), x).Sin(1);
    }
}
