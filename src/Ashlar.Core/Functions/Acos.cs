using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Arc cosine in radians, in [0, π].</summary>
/// <remarks>Up to 1/2 π/2 - asin x; above 2 asin √((1 - x) / 2), below -1/2 π minus that of -x; float32 in float64. acos 1 = 0, beyond ±1 NaN.
/// Error: at most 0.51 ulp over every float32, 1.0 over samples of float64.</remarks>
public static class Acos
{
    /// <param name="x">float32 or float64 in [-1, 1].</param>
    /// <returns>acos x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Acos), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar a = x.Abs();
        Scalar large = a > 0.5;
        Scalar z = Scalar.Select(large, (1 - a) * 0.5, a * a);
        Scalar s = Scalar.Select(large, z.Sqrt(), x);
        Scalar tail = AsinSeries.Tail(layout, s, z);
        Scalar near = 1.5707963267948966 - (s - (6.123233995736766e-17 - tail));
        Scalar twice = s + s + (tail + tail);
        Scalar left = 3.1415926535897931 - (s + s + (tail + tail - 1.2246467991473532e-16));
        return Scalar.Select(large, Scalar.Select(x < 0, left, twice), near);
    }
}
