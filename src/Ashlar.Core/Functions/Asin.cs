using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Arc sine in radians, in [-π/2, π/2].</summary>
/// <remarks>Up to 1/2 a polynomial; above π/2 - 2 asin √((1 - |x|) / 2); float32 in float64. ±0 stays, beyond ±1 NaN.
/// Error: at most 0.51 ulp over every float32, 1.5 over samples of float64.</remarks>
public static class Asin
{
    /// <param name="x">float32 or float64 in [-1, 1].</param>
    /// <returns>asin x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Asin), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar a = x.Abs();
        Scalar large = a > 0.5;
        Scalar z = Scalar.Select(large, (1 - a) * 0.5, a * a);
        Scalar s = Scalar.Select(large, z.Sqrt(), a);
        Scalar tail = AsinSeries.Tail(layout, s, z);
        Scalar folded = 1.5707963267948966 - (s + s + (tail + tail - 6.123233995736766e-17));
        return layout.CopySign(Scalar.Select(large, folded, s + tail), x);
    }
}
