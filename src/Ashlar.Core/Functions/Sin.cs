using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Sine of an angle in radians.</summary>
public static class Sin
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>sin x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        return new SinCosReduction(FloatLayout.Of(x, nameof(Sin)), x).Sin(0);
    }
}
