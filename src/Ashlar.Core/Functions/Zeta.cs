using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Hurwitz' zeta function ζ(s, q) = Σ (q + k)⁻ˢ for s > 1; ζ(s, 1) is Riemann's.</summary>
/// <remarks>q⁻ˢ times the sum of (q / (q + k))ˢ: six terms, then Euler and Maclaurin's formula with twelve; float32 in float64.
/// ∞ at s = 1 and at q = 0, -1, -2, …; NaN for s &lt; 1 and other negative q.
/// Error over samples of s up to 40 and q from 10⁻³ to 10³: float32 0.6 ulp, float64 12 ulp.</remarks>
public static class Zeta
{
    const int Terms = 6;

    // B₂ₖ / (2k)!
    static readonly double[] Bernoulli =
    [
        0.083333333333333329, -0.0013888888888888889, 3.3068783068783071e-05, -8.2671957671957675e-07, 2.08767569878681e-08, -5.2841901386874932e-10,
        1.3382536530684679e-11, -3.3896802963225829e-13, 8.5860620562778446e-15, -2.174868698558062e-16, 5.5090028283602296e-18, -1.3954464685812523e-19,
    ];

    /// <param name="s">float32 or float64.</param>
    /// <param name="q">Of the same type.</param>
    /// <returns>ζ(s, q) of the same type.</returns>
    /// <exception cref="DTypeException">An argument is not a float.</exception>
    public static Scalar Of(Scalar s, Scalar q) => Wide.Apply(s, q, nameof(Zeta), (_, s, q) => Reduced(s, q));

    static Scalar Reduced(Scalar s, Scalar q)
    {
        Scalar inverse = 1 / (q + Terms);

        // Where s is this large against q the rest is nothing, and its powers would overflow.
        Scalar bounded = Scalar.Select(s * inverse > 1e4, s.Like(1e4), s);
        Scalar term = bounded * inverse;
        Scalar tail = s.Like(0.5);
        for (int k = 1; k <= Bernoulli.Length; k++)
        {
            tail = Scalar.Fma(term, Bernoulli[k - 1], tail);
            term *= (bounded + ((2 * k) - 1)) * inverse * ((bounded + (2 * k)) * inverse);
        }

        tail += (q + Terms) / (s - 1);
        Scalar sum = tail * Ratio(s, q, Terms);
        for (int k = Terms - 1; k > 0; k--)
        {
            sum += Ratio(s, q, k);
        }

        Scalar value = Pow.Of(q, -s) * (sum + 1);
        Scalar one = s.Like(1);
        Scalar pole = s.EqualTo(one) | ((q <= 0) & q.EqualTo(q.Floor()));
        Scalar none = (s < 1) | (q < 0);
        value = Scalar.Select(pole & (s >= 1), s.Like(double.PositiveInfinity), Scalar.Select(none, s.Like(double.NaN), value));

        // An infinite q leaves nothing, an infinite s the first term.
        value = Scalar.Select((s > 1) & q.EqualTo(s.Like(double.PositiveInfinity)), s.Like(0), value);
        Scalar limit = Scalar.Select(q < 1, s.Like(double.PositiveInfinity), Scalar.Select(q > 1, s.Like(0), one));
        return Scalar.Select(s.EqualTo(s.Like(double.PositiveInfinity)) & (q > 0), limit, value);
    }

    // (q / (q + k))ˢ
    static Scalar Ratio(Scalar s, Scalar q, int k) => Exp.Of(-(s * Log1p.Of(k / q)));
}
