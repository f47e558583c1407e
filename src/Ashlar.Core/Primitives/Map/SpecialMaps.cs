using Ashlar.Ir;

namespace Ashlar.Primitives.Map;

/// <summary>Special functions by Ashlar's own definitions; their accuracy stands at each definition.</summary>
public static class SpecialMaps
{
    /// <summary>ln |Γ(x)|.</summary>
    public static readonly MapPrimitive Lgamma = new("Lgamma", 1, DTypeSet.Floating, (x, _) => Functions.Lgamma.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Unary(Digamma!, n.Inputs[0]))]);

    /// <summary>ψ(x).</summary>
    public static readonly MapPrimitive Digamma = new("Digamma", 1, DTypeSet.Floating, (x, _) => Functions.Digamma.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Polygamma(n.Inputs[0], 1))]);

    /// <summary>The nth derivative of ψ(x), n ≥ 1.</summary>
    public static readonly MapPrimitive Polygamma = new("Polygamma", 1, DTypeSet.Floating, (x, a) => Functions.Polygamma.Of(x[0], ((DerivativeOrder)a!).Order),
        (n, dy) => [Op.Multiply(dy, Op.Polygamma(n.Inputs[0], ((DerivativeOrder)n.Attributes!).Order + 1))]);

    /// <summary>e^-|x| I₀(x).</summary>
    public static readonly MapPrimitive BesselI0e = new("BesselI0e", 1, DTypeSet.Floating, (x, _) => Functions.BesselI0e.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Subtract(Op.Unary(BesselI1e!, n.Inputs[0]), Op.Multiply(n, Op.Sign(n.Inputs[0]))))]);

    /// <summary>e^-|x| I₁(x).</summary>
    public static readonly MapPrimitive BesselI1e = new("BesselI1e", 1, DTypeSet.Floating, (x, _) => Functions.BesselI1e.Of(x[0]), (n, dy) =>
    {
        Node x = n.Inputs[0];
        Node zero = Op.Equal(x, Op.Number(x, 0));
        Node quotient = Op.Where(zero, Op.Number(x, 0.5), Op.Divide(n, Op.Where(zero, Op.Number(x, 1), x)));
        return [Op.Multiply(dy, Op.Subtract(Op.Subtract(Op.Unary(BesselI0e, x), Op.Multiply(n, Op.Sign(x))), quotient))];
    });

    /// <summary>ln of the standard normal distribution function.</summary>
    public static readonly MapPrimitive LogNdtr = new("LogNdtr", 1, DTypeSet.Floating, (x, _) => Functions.LogNdtr.Of(x[0]), (n, dy) =>
    {
        Node x = n.Inputs[0];
        Node exponent = Op.Subtract(Op.Multiply(Op.Multiply(x, x), Op.Number(x, -0.5)), n);
        return [Op.Multiply(dy, Op.Multiply(Op.Exp(exponent), Op.Number(x, 0.3989422804014327)))];
    });

    /// <summary>The quantile of the standard normal distribution.</summary>
    public static readonly MapPrimitive Ndtri = new("Ndtri", 1, DTypeSet.Floating, (x, _) => Functions.Ndtri.Of(x[0]), (n, dy) =>
        [Op.Multiply(dy, Op.Multiply(Op.Exp(Op.Multiply(Op.Multiply(n, n), Op.Number(n, 0.5))), Op.Number(n, 2.5066282746310002)))]);
}
