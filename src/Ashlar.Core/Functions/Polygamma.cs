using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The nth derivative of ψ(x), n ≥ 1: (-1)ⁿ⁺¹ n! Σ (x + i)⁻ⁿ⁻¹.</summary>
/// <remarks>The first 10 + 2n terms, then Euler and Maclaurin's formula with eight terms. float32 in float64. For negative x order 1 by the reflection π²/sin²(πx) - ψ′(1 - x),
/// higher orders NaN. Poles give ±∞.
/// Error: float32 at most 1 ulp, float64 at most 6 ulp over samples of positive numbers for orders up to 4.</remarks>
public static class Polygamma
{
    // B₂ₖ
    static readonly double[] Bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510];

    /// <param name="x">float32 or float64.</param>
    /// <param name="order">n, from 1 to 100.</param>
    /// <returns>The derivative of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x, int order) => Wide.Apply(x, nameof(Polygamma), (_, a) => Reduced(a, order));

    static Scalar Reduced(Scalar x, int order)
    {
        Scalar negative = x < 0;
        Scalar a = order == 1 ? Scalar.Select(negative, 1 - x, x) : x;
        int terms = 10 + (2 * order);

        // Smallest terms first.
        Scalar u = 1 / (a + terms);
        Scalar z = u * u;
        Scalar tail = a.Like(0);
        for (int k = Bernoulli.Length; k > 0; k--)
        {
            tail = Scalar.Fma(tail, z, Bernoulli[k - 1] * Rising(order, 2 * k) / Factorial(2 * k));
        }

        // Σ from N on, times n! : u^n ((n-1)! + n! u / 2 + Σ B₂ₖ (2k + n - 1)! / (2k)! u^2k)
        Scalar sum = Power(u, order) * Scalar.Fma(tail, z, Scalar.Fma(u, 0.5 * order, u.Like(1)));
        for (int i = terms - 1; i >= 0; i--)
        {
            sum = Scalar.Fma(Power(1 / (a + i), order + 1), order, sum);
        }

        Scalar value = sum * (Factorial(order - 1) * (order % 2 == 1 ? 1 : -1));
        if (order > 1)
        {
            return Scalar.Select(negative, x.Like(double.NaN), value);
        }

        Scalar sine = Sin.Of((x - x.Round()) * Math.PI);
        return Scalar.Select(negative, (Math.PI * Math.PI / (sine * sine)) - value, value);
    }

    static Scalar Power(Scalar x, int exponent)
    {
        Scalar power = x;
        for (int i = 1; i < exponent; i++)
        {
            power *= x;
        }

        return power;
    }

    // n (n + 1) … (n + count - 1)
    static double Rising(int n, int count)
    {
        double product = 1;
        for (int i = 0; i < count; i++)
        {
            product *= n + i;
        }

        return product;
    }

    static double Factorial(int n) => Rising(1, n);
}
