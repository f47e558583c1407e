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

    /// <summary>Bessel function of the first kind of order 0.</summary>
    public static readonly MapPrimitive BesselJ0 = new("BesselJ0", 1, DTypeSet.Floating, (x, _) => Functions.BesselJ0.Of(x[0]),
        (n, dy) => [Op.Negate(Op.Multiply(dy, Op.Unary(BesselJ1!, n.Inputs[0])))]);

    /// <summary>Bessel function of the first kind of order 1.</summary>
    public static readonly MapPrimitive BesselJ1 = new("BesselJ1", 1, DTypeSet.Floating, (x, _) => Functions.BesselJ1.Of(x[0]), (n, dy) =>
    {
        Node x = n.Inputs[0];
        Node zero = Op.Equal(x, Op.Number(x, 0));
        Node quotient = Op.Where(zero, Op.Number(x, 0.5), Op.Divide(n, Op.Where(zero, Op.Number(x, 1), x)));
        return [Op.Multiply(dy, Op.Subtract(Op.Unary(BesselJ0, x), quotient))];
    });

    /// <summary>Hurwitz' zeta function of (s, q); no gradient with respect to s.</summary>
    public static readonly MapPrimitive Zeta = new("Zeta", 2, DTypeSet.Floating, (x, _) => Functions.Zeta.Of(x[0], x[1]), (n, dy) =>
    {
        (Node s, Node q) = (n.Inputs[0], n.Inputs[1]);
        Node slope = Op.Multiply(s, Op.Zeta(Op.Add(s, Op.Number(s, 1)), q));
        return [RefuseGradient("Zeta", "s", s), Op.Negate(Op.Multiply(dy, slope))];
    });

    /// <summary>The regularised lower incomplete gamma function P(a, x).</summary>
    public static readonly MapPrimitive GammaInc = new("GammaInc", 2, DTypeSet.Floating, (x, _) => Functions.GammaInc.Of(x[0], x[1]), (n, dy) => OfGammaInc(n, dy, 0));

    /// <summary>The nth derivative of P(a, x) with respect to a, n ≥ 1.</summary>
    public static readonly MapPrimitive GammaIncDerivative = new(
        "GammaIncDerivative", 2, DTypeSet.Floating, (x, a) => Functions.GammaInc.Derivative(x[0], x[1], ((DerivativeOrder)a!).Order),
        (n, dy) => OfGammaInc(n, dy, ((DerivativeOrder)n.Attributes!).Order));

    /// <summary>The regularised upper incomplete gamma function Q(a, x).</summary>
    public static readonly MapPrimitive GammaIncC = new(
        "GammaIncC", 2, DTypeSet.Floating, (x, _) => Functions.GammaIncC.Of(x[0], x[1]), (n, dy) => OfGammaInc(n, Op.Negate(dy), 0));

    /// <summary>The regularised incomplete beta function I(a, b, x).</summary>
    public static readonly MapPrimitive BetaInc = new("BetaInc", 3, DTypeSet.Floating, (x, _) => Functions.BetaInc.Of(x[0], x[1], x[2]), (n, dy) =>
    {
        (Node a, Node b, Node x) = (n.Inputs[0], n.Inputs[1], n.Inputs[2]);
        Node one = Op.Number(x, 1);
        Node beta = Op.Subtract(Op.Add(Op.Unary(Lgamma, a), Op.Unary(Lgamma, b)), Op.Unary(Lgamma, Op.Add(a, b)));
        Node powers = Op.Add(TimesLog(Op.Subtract(a, one), Op.Log(x), x), TimesLog(Op.Subtract(b, one), Op.Unary(ElementaryMaps.Log1p, Op.Negate(x)), Op.Subtract(one, x)));
        return
        [
            Op.Multiply(dy, BetaIncSlope.OfFirst(a, b, x)),
            Op.Multiply(dy, BetaIncSlope.OfSecond(a, b, x)),
            Op.Multiply(dy, Op.Exp(Op.Subtract(powers, beta))),
        ];
    });

    // With respect to x: the density x^(a-1) e^-x / Γ(a) = e^g, differentiated n times by f⁽ᵏ⁾ = Σ C(k-1, j) f⁽ᵏ⁻¹⁻ʲ⁾ g⁽ʲ⁺¹⁾.
    static Node?[] OfGammaInc(Node n, Node dy, int order)
    {
        (Node a, Node x) = (n.Inputs[0], n.Inputs[1]);
        Node log = Op.Log(x);
        Node exponent = Op.Subtract(TimesLog(Op.Subtract(a, Op.Number(a, 1)), log, x), Op.Add(x, Op.Unary(Lgamma, a)));
        var densities = new List<Node> { Op.Exp(exponent) };
        var slopes = new List<Node>();
        for (int k = 1; k <= order; k++)
        {
            slopes.Add(k == 1 ? Op.Subtract(log, Op.Unary(Digamma, a)) : Op.Negate(Op.Polygamma(a, k - 1)));
            Node sum = Op.Multiply(densities[k - 1], slopes[0]);
            double choose = 1;
            for (int j = 1; j < k; j++)
            {
                choose = choose * (k - j) / j;
                sum = Op.Add(sum, Op.Multiply(Op.Multiply(densities[k - 1 - j], slopes[j]), Op.Number(a, choose)));
            }

            densities.Add(sum);
        }

        return [Op.Multiply(dy, Op.GammaIncDerivative(a, x, order + 1)), Op.Multiply(dy, densities[order])];
    }

    // power · ln x, 0 where both the power and x are 0
    static Node TimesLog(Node power, Node log, Node x)
    {
        Node zero = Op.Number(x, 0);
        return Op.Where(Op.Binary(LogicMaps.And, Op.Equal(x, zero), Op.Equal(power, zero)), zero, Op.Multiply(power, log));
    }

    static Node? RefuseGradient(string function, string argument, Node operand) => operand.IsTraced
        ? throw new NotSupportedException($"{function}: {argument} {operand.Shape} has no gradient. Give {argument}.StopGradient() if it is to stay constant.")
        : null;
}
