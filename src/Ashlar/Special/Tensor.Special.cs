using Ashlar.Ir;
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

    /// <summary>Bessel function of the first kind of order 0.</summary>
    public Tensor BesselJ0() => Map(SpecialMaps.BesselJ0);

    /// <summary>Bessel function of the first kind of order 1.</summary>
    public Tensor BesselJ1() => Map(SpecialMaps.BesselJ1);

    /// <summary>Riemann's zeta function Σ k⁻ˢ for s > 1; ∞ at 1, NaN below. No gradient.</summary>
    public Tensor Zeta() => Zeta(this, OneLike());

    /// <summary>Hurwitz' zeta function Σ (q + k)⁻ˢ, k from 0, for s > 1 and positive q; operands broadcast. ∞ at s = 1 and q = 0, -1, …; NaN for smaller s and other negative q.</summary>
    /// <remarks>A gradient with respect to q only: differentiating s throws <see cref="NotSupportedException"/>.</remarks>
    public static Tensor Zeta(Tensor s, Tensor q) => Map(SpecialMaps.Zeta, s, q);

    /// <summary>The regularised lower incomplete gamma function P(a, x) = ∫₀ˣ t^(a-1) e^-t dt / Γ(a), the distribution function of a gamma variable of shape a; operands broadcast.</summary>
    /// <remarks>NaN for negative a or x. Gradients with respect to both.</remarks>
    public static Tensor GammaInc(Tensor a, Tensor x) => Map(SpecialMaps.GammaInc, a, x);

    /// <summary>The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), accurate where it is small; operands broadcast.</summary>
    /// <remarks>NaN for negative a or x. Gradients with respect to both.</remarks>
    public static Tensor GammaIncC(Tensor a, Tensor x) => Map(SpecialMaps.GammaIncC, a, x);

    /// <summary>The regularised incomplete beta function ∫₀ˣ t^(a-1) (1 - t)^(b-1) dt / B(a, b), the distribution function of a beta variable; operands broadcast.</summary>
    /// <remarks>NaN for negative a or b and for x outside [0, 1]. Gradients with respect to all three, those of a and b by quadrature with 73 points.</remarks>
    public static Tensor BetaInc(Tensor a, Tensor b, Tensor x)
    {
        DType type = DTypeFacts.Promote(a.DType, DTypeFacts.Promote(b.DType, x.DType));
        Shape shape = Shape.Broadcast(a.Shape, Shape.Broadcast(b.Shape, x.Shape, "BetaInc"), "BetaInc");
        return new Tensor(new Node(SpecialMaps.BetaInc, [Operand(a), Operand(b), Operand(x)]));

        Node Operand(Tensor t) => Op.Broadcast(Op.Cast(t.RealNode(nameof(BetaInc)), type), shape);
    }
}
