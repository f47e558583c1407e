using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), with small relative error where it is small.</summary>
/// <remarks>The regions of <see cref="GammaInc"/>; for a &lt; 1 and x &lt; 3/2 the difference is formed from terms that are small with a.
/// Relative error over samples: float32 0.6 ulp; float64 2·10⁻¹⁴ for a ≤ 16 and, up to 10⁶, within a few standard deviations √a of a, in the tails 4·10⁻¹⁶ times -ln of the value.</remarks>
public static class GammaIncC
{
    /// <param name="a">float32 or float64, not negative.</param>
    /// <param name="x">Of the same type, not negative.</param>
    /// <returns>Q(a, x) of the same type.</returns>
    /// <exception cref="DTypeException">An argument is not a float.</exception>
    public static Scalar Of(Scalar a, Scalar x) =>
        Wide.Apply(a, x, nameof(GammaIncC), (layout, a, x) => IncompleteGamma.Of(layout, a, x).Upper.Value);
}
