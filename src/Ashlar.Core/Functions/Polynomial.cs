using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Polynomials by Horner's scheme, one fused multiply-add a step.</summary>
static class Polynomial
{
    /// <param name="x">The variable.</param>
    /// <param name="coefficients">Lowest power first.</param>
    public static Scalar Of(Scalar x, params ReadOnlySpan<double> coefficients)
    {
        Scalar sum = x.Like(coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Scalar.Fma(sum, x, coefficients[i]);
        }

        return sum;
    }
}
