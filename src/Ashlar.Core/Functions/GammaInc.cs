using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The regularised lower incomplete gamma function P(a, x) = ∫₀ˣ t^(a-1) e^-t dt / Γ(a).</summary>
/// <remarks>A power series below x = max(a, 3/2), a continued fraction above, for a ≥ 16 and 0.4 a ≤ x ≤ 2 a Temme's uniform expansion; float32 in float64.
/// P(a, 0) = 0, P(a, ∞) = P(0, x) = 1, P(∞, x) = 0; NaN for negative a or x and where these meet.
/// Relative error over samples: float32 0.6 ulp; float64 10⁻¹⁴ for a ≤ 16 and, up to 10⁶, within a few standard deviations √a of a, in the tails 2·10⁻¹⁶ times -ln of the value;
/// the derivative 5·10⁻¹⁴, where a and x are small 5·10⁻¹³.</remarks>
public static class GammaInc
{
    /// <param name="a">float32 or float64, not negative.</param>
    /// <param name="x">Of the same type, not negative.</param>
    /// <returns>P(a, x) of the same type.</returns>
    /// <exception cref="DTypeException">An argument is not a float.</exception>
    public static Scalar Of(Scalar a, Scalar x) => Derivative(a, x, 0);

    /// <summary>The derivative with respect to a of the given order, by truncated Taylor series of the same formulas; at 0 and ∞, where the value is a limit, 0.</summary>
    public static Scalar Derivative(Scalar a, Scalar x, int order) => Wide.Apply(
        a, x, nameof(GammaInc), (layout, a, x) => IncompleteGamma.Of(layout, Taylor.Variable(a, order), x).Lower.Derivative(order));
}
