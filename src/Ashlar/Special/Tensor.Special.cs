using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar;

/// <content>Special functions of elements under SciPy's names; floats; gradients of any order unless said. Their accuracy stands at the definitions in Ashlar.Functions.</content>
public sealed partial class Tensor
{
    /// <summary>ln |Γ(x)|.</summary>
    public Tensor Lgamma() => Map(SpecialMaps.Lgamma);

    /// <summary>ψ(x), the derivative of ln Γ(x).</summary>
    public Tensor Digamma() => Map(SpecialMaps.Digamma);

    /// <summary>The nth derivative of ψ(x); 0 is ψ itself, 1 the trigamma function. Orders above 1 are NaN for negative x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 0 or above 100.</exception>
    public Tensor Polygamma(int order) => order is < 0 or > 100
        ? throw new ArgumentOutOfRangeException(nameof(order), $"Polygamma: the order is {order}. It must be from 0 to 100.")
        : order == 0 ? Digamma() : new(Op.Polygamma(RealNode(), order));

    /// <summary>ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b) for positive a and b; where they are large the terms cancel, and 10⁻¹⁶ of the largest is the error.</summary>
    public static Tensor BetaLn(Tensor a, Tensor b) => a.Lgamma() + b.Lgamma() - (a + b).Lgamma();

    /// <summary>Modified Bessel function of the first kind of order 0; overflows beyond 91 (float32) and 713.</summary>
    public Tensor BesselI0() => BesselI0e() * Abs().Exp();

    /// <summary>e^-|x| I₀(x).</summary>
    public Tensor BesselI0e() => Map(SpecialMaps.BesselI0e);

    /// <summary>Modified Bessel function of the first kind of order 1; overflows beyond 91 (float32) and 713.</summary>
    public Tensor BesselI1() => BesselI1e() * Abs().Exp();

    /// <summary>e^-|x| I₁(x).</summary>
    public Tensor BesselI1e() => Map(SpecialMaps.BesselI1e);

    /// <summary>The standard normal distribution function, erfc(-x / √2) / 2; in the left tail the rounding of x / √2 costs x² ulp.</summary>
    public Tensor Ndtr() => (this * -0.70710678118654752).Erfc() * 0.5;

    /// <summary>ln of the standard normal distribution function, accurate in both tails.</summary>
    public Tensor LogNdtr() => Map(SpecialMaps.LogNdtr);

    /// <summary>The quantile of the standard normal distribution, -∞ at 0, ∞ at 1, NaN outside.</summary>
    public Tensor Ndtri() => Map(SpecialMaps.Ndtri);
}
