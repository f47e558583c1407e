using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>ψ(x), the derivative of ln Γ(x).</summary>
/// <remarks>The asymptotic series from 8 on; below, the recurrence by 8, whose fractions are added in pairs; for negative x the reflection ψ(1 - x) - π cot πx. float32 in float64.
/// ψ(0) = -∞, ψ(∞) = ∞, NaN at negative integers and -∞.
/// Around the zero 1.4616… a Chebyshev series times the distance from it, which is taken in two parts.
/// Error: float64 at most 21 ulp over samples of positive numbers, for negative x 10⁻¹⁴ absolutely; float32 at most 1 ulp over the same positive numbers.</remarks>
public static class Digamma
{
    // B₂ₖ / (2k)
    static readonly double[] Asymptotic =
    [
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160, 43867.0 / 14364,
    ];

    // ψ(x) / (x - 1.4616…) on [1.1, 2.5] in (x - 1.8) / 0.7
    static readonly double[] AtZero =
    [
        0.88188537008047687, -0.23935483369882177, 0.04105499267807099, -7.6462135777731565e-3, 1.4787631843900336e-3, -2.916043921194434e-4,
        5.812211587842521e-5, -1.1656235356446652e-5, 2.3461103609188224e-6, -4.732412734583448e-7, 9.5585153388682582e-8, -1.9321905642029665e-8,
        3.9077471689061011e-9, -7.9056475304072485e-10, 1.5996761682315412e-10, -3.2372693832017383e-11, 6.5517627806418172e-12, -1.3260437368034983e-12,
        2.6839243801311285e-13, -5.4323867741755043e-14, 1.0995528088188176e-14, -2.2255873110077824e-15, 4.5047961870195761e-16, -9.118153306614533e-17,
        1.8456077551341769e-17, -3.7357035757305945e-18,
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
        Scalar fromZero = a - 1.4616321449683622 - 9.549995429965697e-17;
        Scalar atZero = fromZero * Chebyshev.Of((a - 1.8) * (1 / 0.7), AtZero);
        positive = Scalar.Select((a > 1.1) & (a < 2.5), atZero, positive);

        Scalar rest = x - x.Round();
        Scalar cotangent = Math.PI / Tan.Of(rest * Math.PI);
        Scalar reflected = Scalar.Select(rest.EqualTo(x.Like(0)), x.Like(double.NaN), positive - cotangent);
        Scalar value = Scalar.Select(negative, reflected, positive);
        return Scalar.Select(x.EqualTo(x.Like(double.PositiveInfinity)), x, value);
    }
}
