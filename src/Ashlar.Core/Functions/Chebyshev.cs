using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Sums of Chebyshev polynomials by Clenshaw's recurrence (1955).</summary>
static class Chebyshev
{
    /// <param name="t">The variable in [-1, 1].</param>
    /// <param name="coefficients">Of T₀, T₁, …; a shorter table is a coarser one.</param>
    public static Scalar Of(Scalar t, params ReadOnlySpan<double> coefficients)
    {
        Scalar twice = t + t;
        Scalar next = t.Like(0);
        Scalar sum = t.Like(coefficients[^1]);
        for (int i = coefficients.Length - 2; i > 0; i--)
        {
            (sum, next) = (Scalar.Fma(twice, sum, t.Like(coefficients[i]) - next), sum);
        }

        return Scalar.Fma(t, sum, t.Like(coefficients[0]) - next);
    }
}
