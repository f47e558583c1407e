using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Inverse hyperbolic cosine, ≥ 0.</summary>
/// <remarks>ln(1 + (t + √(t (t + 2)))) with t = x - 1, and ln x + ln 2 where x² - 1 is x²; float32 in float64. acosh 1 = 0, ∞ stays, below 1 NaN.
/// Error: at most 0.51 ulp over every float32, 1.6 over samples of float64.</remarks>
public static class Acosh
{
    /// <param name="x">float32 or float64, ≥ 1.</param>
    /// <returns>acosh x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Acosh), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar large = x > Math.ScaleB(1, 28);
        Scalar t = x - 1;
        Scalar argument = Scalar.Select(large, t, t + (t * (t + 2)).Sqrt());
        Scalar log = layout.IsCoarse ? CoarseLog.Log1p(argument) : Log1p.Of(argument);
        Scalar result = log + Scalar.Select(large, x.Like(0.69314718055994531), x.Like(0));
        Scalar finite = Scalar.Select(x < double.PositiveInfinity, result, x);
        return Scalar.Select(x >= 1, finite, x.Like(double.NaN));
    }
}
