using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>P(a, x) and Q(a, x) = 1 - P with their derivatives with respect to a, by regions as in DiDonato and Morris 1986.</summary>
static class IncompleteGamma
{
    // (-1)ⁿ / n! from 1 on
    static readonly double[] Signed = Reciprocals(22);

    public static (Taylor Lower, Taylor Upper) Of(FloatLayout layout, Taylor a, Scalar x)
    {
        Taylor ratio = (Taylor)x / a;
        Taylor u = (x - a) / a;
        (Taylor phi, Taylor eta) = GammaParts.Distance(u, ratio);
        (Taylor exponent, Taylor root) = GammaParts.Factorial(a);

        // x^a e^-x / Γ(a + 1)
        Taylor front = (-Taylor.Fma(a, phi, exponent)).Exp() / (root * (2 * Math.PI)).Sqrt();
        Taylor series = front * Series(a, x, layout.IsCoarse ? 32 : 46);
        Taylor fraction = front * a * Fraction(a, x, layout.IsCoarse ? 26 : 50);
        Taylor tail = front * TemmeExpansion.Tail(layout, a, eta);

        Scalar uniform = (a.Value >= 16) & (ratio.Value >= 0.4) & (ratio.Value <= 2);
        Scalar isSeries = (x < 1.5) | (x < a.Value);
        Scalar isUpper = (uniform & (x >= a.Value)) | (~uniform & ~isSeries);
        Taylor known = Taylor.Select(uniform, tail, Taylor.Select(isSeries, series, fraction));
        Taylor other = 1 - known;
        Taylor small = SmallUpper(a, x);
        Scalar isSmall = (a.Value < 1) & (x < 1.5);
        Taylor lower = Taylor.Select(isSmall & (small.Value < 0.5), 1 - small, Taylor.Select(isUpper, other, known));
        Taylor upper = Taylor.Select(isSmall, small, Taylor.Select(isUpper, known, other));

        Scalar none = x.EqualTo(x.Like(0)) | a.Value.EqualTo(x.Like(double.PositiveInfinity));
        Scalar all = x.EqualTo(x.Like(double.PositiveInfinity)) | a.Value.EqualTo(x.Like(0));
        Scalar valid = (a.Value >= 0) & (x >= 0) & ~(none & all);
        return (Bounded(lower, 0, 1), Bounded(upper, 1, 0));

        Taylor Bounded(Taylor value, double atNone, double atAll) => Taylor.Select(
            valid, Taylor.Select(none, x.Like(atNone), Taylor.Select(all, x.Like(atAll), value)), x.Like(double.NaN));
    }

    // Σ xⁿ / ((a + 1) … (a + n)), for x < a or x < 3/2
    static Taylor Series(Taylor a, Scalar x, int terms)
    {
        Taylor sum = x.Like(1);
        for (int n = terms; n > 0; n--)
        {
            sum = (sum * x / (a + n)) + 1;
        }

        return sum;
    }

    // Γ(a, x) / (x^a e^-x) = 1 / (x + 1 - a - (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - …))), for x ≥ a and x ≥ 3/2
    static Taylor Fraction(Taylor a, Scalar x, int terms)
    {
        Taylor start = x - a;
        Taylor below = start + ((2 * terms) + 1);
        for (int n = terms; n > 0; n--)
        {
            below = start + ((2 * n) - 1) - ((n - a) * n / below);
        }

        return (Taylor)x.Like(1) / below;
    }

    // With t = x^a / Γ(a + 1): 1 - t (1 + a Σ (-x)ⁿ / (n! (a + n))), both terms small with a
    static Taylor SmallUpper(Taylor a, Scalar x)
    {
        Taylor log = (a * Log.Of(x)) - GammaParts.Lgamma1p(a);
        Taylor t = log.Exp();
        Taylor sum = x.Like(0);
        for (int n = Signed.Length; n > 0; n--)
        {
            sum = Taylor.Fma(sum, x, (Taylor)x.Like(Signed[n - 1]) / (a + n));
        }

        return -log.Expm1(t) - (t * a * sum * x);
    }

    static double[] Reciprocals(int count)
    {
        var values = new double[count];
        double factorial = 1;
        for (int n = 1; n <= count; n++)
        {
            factorial *= n;
            values[n - 1] = (n % 2 == 0 ? 1 : -1) / factorial;
        }

        return values;
    }
}
