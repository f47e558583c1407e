using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>ψ(x), the derivative of ln Γ(x).</summary>
/// <remarks>The asymptotic series from 8 on; below, the recurrence by 8, whose fractions are added in pairs; for negative x the reflection ψ(1 - x) - π cot πx. float32 in float64.
/// ψ(0) = -∞, ψ(∞) = ∞, NaN at negative integers and -∞.
/// Error: float64 at most 20 ulp over samples of positive numbers outside [1.1, 2.5], around whose zero 1.4616… and for negative x it is 10⁻¹⁴ absolutely;
/// float32 at most 1 ulp over the same positive numbers.</remarks>
public static class Digamma
{
    // B₂ₖ / (2k)
    static readonly double[] Asymptotic =
    [
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160, 43867.0 / 14364,
    ];

    /// <param name="x">float32 or float64.</param>
    /// <returns>ψ(x) of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Digamma), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar negative = x < 0;
        Scalar a = Scalar.Select(negative, 1 - x, x);
        Scalar small = a < 8;
        Scalar y = Scalar.Select(small, a + 8, a);
        Scalar u = 1 / y;
        Scalar log = layout.IsCoarse ? CoarseLog.Of(Bound.AtMost(y, double.MaxValue)) : Log.Of(y);
        Scalar far = log - Scalar.Fma(u, 0.5, u * u * Polynomial.Of(u * u, Asymptotic));

        // 1/(a + i) + 1/(a + 7 - i) = (2a + 7) / (a² + 7a + i (7 - i))
        Scalar square = a * (a + 7);
        Scalar pairs = (1 / square) + (1 / (square + 6)) + ((1 / (square + 10)) + (1 / (square + 12)));
        Scalar positive = Scalar.Select(small, far - (pairs * Scalar.Fma(a, a.Like(2), 7)), far);

        Scalar rest = x - x.Round();
        Scalar cotangent = Math.PI / Tan.Of(rest * Math.PI);
        Scalar reflected = Scalar.Select(rest.EqualTo(x.Like(0)), x.Like(double.NaN), positive - cotangent);
        Scalar value = Scalar.Select(negative, reflected, positive);
        return Scalar.Select(x.EqualTo(x.Like(double.PositiveInfinity)), x, value);
    }
}
