using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Primitives;

/// <content>Special functions with attributes.</content>
public static partial class Op
{
    /// <summary>The nth derivative of ψ(x), n from 1 to 100.</summary>
    public static Node Polygamma(Node x, int order) => new(SpecialMaps.Polygamma, [x], new DerivativeOrder(order));
}
