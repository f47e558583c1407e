using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>ψ(x), the derivative of ln Γ(x).</summary>
/// <remarks>The asymptotic series from 8 on; below, the recurrence to [1, 2.5), where a Chebyshev series times the distance from the zero 1.4616…, taken in two parts, gives ψ;
/// for negative x the reflection ψ(1 - x) - π cot πx. float32 in float64.
/// ψ(0) = -∞, ψ(∞) = ∞, NaN at negative integers and -∞.
/// Error: float64 at most 3 ulp over samples of positive numbers, for negative x 10⁻¹⁴ absolutely; float32 at most 1 ulp over the same positive numbers.</remarks>
public static class Digamma
{
    // B₂ₖ / (2k)
    static readonly double[] Asymptotic =
    [
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160, 43867.0 / 14364,
    ];

    // ψ(x) / (x - 1.4616…) on [1, 2.5] in (x - 1.75) / 0.75
    static readonly double[] AtZero =
    [
        0.9086139473055048, -0.27510926785223033, 0.052681716286426775, -0.010947590863829394, 0.00236064496242142, -0.0005186945683762824,
        0.00011514139637578381, -2.5707658461668504e-5, 5.759067412654896e-6, -1.2927192603344644e-6, 2.9051764044507473e-7, -6.533599312407107e-8,
        1.470015296557611e-8, -3.308314348998774e-9, 7.446675422013037e-10, -1.6763376021145662e-10, 3.773872530328452e-11, -8.49629109776692e-12,
        1.9128532424785474e-12, -4.3066556767352166e-13, 9.696220701404201e-14, -2.1830676977189498e-14, 4.915111530898173e-15,
        -1.1066249376449024e-15, 2.4915412701862954e-16, -5.609653824099472e-17, 1.2630026150037302e-17, -2.8436266059737087e-18,
        6.402372950870329e-19,
    ];

    /// <param name="x">float32 or float64.</param>
    /// <returns>ψ(x) of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Digamma), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar negative = x < 0;
        Scalar a = Scalar.Select(negative, 1 - x, x);
        Scalar y = Scalar.Select(a < 8, a.Like(8), a);
        Scalar u = 1 / y;
        Scalar log = layout.IsCoarse ? CoarseLog.Of(Bound.AtMost(y, double.MaxValue)) : Log.Of(y);
        Scalar far = log - Scalar.Fma(u, 0.5, u * u * Polynomial.Of(u * u, Asymptotic));

        // From 1.5 on ψ(a) = ψ(t) + 1/t + … + 1/(a - 1) with t = a - k in [1.5, 2.5): no term is negative, so nothing cancels.
        Scalar below = a < 1;
        Scalar steps = Scalar.Select(below, a.Like(-1), Bound.AtLeast((Bound.AtMost(a, 8) - 1.5).Floor(), 0));
        Scalar t = a - steps;
        Scalar fractions = Scalar.Select(below, -1 / a, a.Like(0));
        for (int i = 5; i >= 0; i--)
        {
            fractions = fractions + Scalar.Select(steps > i, 1 / (t + i), a.Like(0));
        }

        Scalar fromZero = t - 1.4616321449683622 - 9.549995429965697e-17;
        Scalar near = fractions + (fromZero * Chebyshev.Of((t - 1.75) * (1 / 0.75), AtZero));
        Scalar positive = Scalar.Select(a < 8, near, far);

        Scalar rest = x - x.Round();
        Scalar cotangent = Math.PI / Tan.Of(rest * Math.PI);
        Scalar reflected = Scalar.Select(rest.EqualTo(x.Like(0)), x.Like(double.NaN), positive - cotangent);
        Scalar value = Scalar.Select(negative, reflected, positive);
        return Scalar.Select(x.EqualTo(x.Like(double.PositiveInfinity)), x, value);
    }
}
