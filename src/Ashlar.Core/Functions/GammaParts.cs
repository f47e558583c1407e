using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The factors of the incomplete gamma and beta functions in a form that loses no digits where a is large.</summary>
static class GammaParts
{
    // 2 (atanh s - s) / s³ = 2 (1/3 + s²/5 + …)
    static readonly double[] Atanh = [.. Enumerable.Range(0, 14).Select(k => 2.0 / ((2 * k) + 3))];

    /// <summary>ln Γ(a + 1) for 0 ≤ a ≤ 8, with small relative error at 0: the recurrence into [3/2, 5/2] and the table of <see cref="Lgamma"/>.</summary>
    public static Taylor Lgamma1p(Taylor a)
    {
        Taylor z = a + 1;
        Taylor product = a.Value.Like(1);
        for (int i = 0; i < 7; i++)
        {
            Scalar above = z.Value > 2.5;
            z = Taylor.Select(above, z - 1, z);
            product = Taylor.Select(above, product * z, product);
        }

        Scalar small = a.Value < 0.5;
        Taylor t = Taylor.Select(small, a, z - 2);
        Taylor factor = Taylor.Select(small, a, product - 1);
        Taylor log = (factor + 1).Log(Log1p.Of(factor.Value));
        return Taylor.Fma(t, Taylor.Horner(t, Functions.Lgamma.Fine), Taylor.Select(small, -log, log));
    }

    /// <summary>Γ(a + 1) = √(2π Root) (a/e)^a e^Exponent: from 8 on Root is a and the exponent Stirling's series.</summary>
    public static (Taylor Exponent, Taylor Root) Factorial(Taylor a)
    {
        Scalar large = a.Value >= 8;
        Taylor u = (Taylor)a.Value.Like(1) / a;
        Taylor far = u * Taylor.Horner(u * u, Functions.Lgamma.Stirling);
        Taylor near = Lgamma1p(a) - (a * Nonzero(a).Log()) + (a - 0.91893853320467274);
        return (Taylor.Select(large, far, near), Taylor.Select(large, a, a.Value.Like(1)));
    }

    /// <summary>φ = u - ln(1 + u) and η with ½ η² = φ and the sign of u; `ratio` is 1 + u.</summary>
    public static (Taylor Phi, Taylor Eta) Distance(Taylor u, Taylor ratio)
    {
        // ln(1 + u) = 2 atanh s, so that φ = s u - 2 (atanh s - s) and 2 φ / u² = 2 / (2 + u) (1 - s T / (2 + u))
        Taylor below = (Taylor)u.Value.Like(1) / (u + 2);
        Taylor s = u * below;
        Taylor bend = below * (u.Value.Like(2) - (s * below * Taylor.Horner(s * s, Atanh) * 2));
        Scalar central = (u.Value > -0.4) & (u.Value < 0.6);
        Taylor far = u - ratio.Log();
        Taylor root = (far * 2).Sqrt();
        return (
            Taylor.Select(central, u * u * bend * 0.5, far),
            Taylor.Select(central, u * bend.Sqrt(), Taylor.Select(u.Value < 0, -root, root)));
    }

    // 0 ln 0 is 0 here.
    static Taylor Nonzero(Taylor a) => Taylor.Select(a.Value.EqualTo(a.Value.Like(0)), a.Value.Like(1), a);
}
