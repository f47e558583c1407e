using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Primitives;

/// <content>Special functions with attributes.</content>
public static partial class Op
{
    /// <summary>The nth derivative of ψ(x), n from 1 to 100.</summary>
    public static Node Polygamma(Node x, int order) => new(SpecialMaps.Polygamma, [x], new DerivativeOrder(order));

    /// <summary>Hurwitz' zeta function.</summary>
    public static Node Zeta(Node s, Node q) => new(SpecialMaps.Zeta, [s, q]);

    /// <summary>The nth derivative of P(a, x) with respect to a, n ≥ 1.</summary>
    public static Node GammaIncDerivative(Node a, Node x, int order) => new(SpecialMaps.GammaIncDerivative, [a, x], new DerivativeOrder(order));
}
