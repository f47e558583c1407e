using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Inverse hyperbolic sine.</summary>
/// <remarks>ln(1 + (a + a² / (1 + √(1 + a²)))) with a = |x|, and ln a + ln 2 beyond 2⁶⁰, where 1 / a is lost; float32 in float64. ±0 and ±∞ stay.
/// Error: at most 0.51 ulp over every float32, 1.6 over samples of float64.</remarks>
public static class Asinh
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>asinh x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Asinh), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar a = x.Abs();
        Scalar large = a > Math.ScaleB(1, 60);
        Scalar square = a * a;
        Scalar argument = Scalar.Select(large, a, a + (square / ((square + 1).Sqrt() + 1)));
        Scalar log = layout.IsCoarse ? CoarseLog.Log1p(argument) : Log1p.Of(argument);
        Scalar result = log + Scalar.Select(large, a.Like(0.69314718055994531), a.Like(0));
        return layout.CopySign(Scalar.Select(a < double.PositiveInfinity, result, a), x);
    }
}
