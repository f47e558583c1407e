namespace Ashlar.Primitives.Map;

/// <summary>Elementary functions by Ashlar's own definitions; their accuracy stands at each definition.</summary>
public static class ElementaryMaps
{
    /// <summary>eˣ.</summary>
    public static readonly MapPrimitive Exp = new("Exp", 1, DTypeSet.Floating, (x, _) => Functions.Exp.Of(x[0]), (n, dy) => [Op.Multiply(dy, n)], "Exp");

    /// <summary>eˣ - 1.</summary>
    public static readonly MapPrimitive Expm1 = new("Expm1", 1, DTypeSet.Floating, (x, _) => Functions.Expm1.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Add(n, Op.Number(n, 1)))]);

    /// <summary>ln x.</summary>
    public static readonly MapPrimitive Log = new("Log", 1, DTypeSet.Floating, (x, _) => Functions.Log.Of(x[0]), (n, dy) => [Op.Divide(dy, n.Inputs[0])], "Log");

    /// <summary>ln(1 + x).</summary>
    public static readonly MapPrimitive Log1p = new("Log1p", 1, DTypeSet.Floating, (x, _) => Functions.Log1p.Of(x[0]),
        (n, dy) => [Op.Divide(dy, Op.Add(n.Inputs[0], Op.Number(n, 1)))]);

    /// <summary>sin x, x in radians.</summary>
    public static readonly MapPrimitive Sin = new("Sin", 1, DTypeSet.Floating, (x, _) => Functions.Sin.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Cos(n.Inputs[0]))], "Sin");

    /// <summary>cos x, x in radians.</summary>
    public static readonly MapPrimitive Cos = new("Cos", 1, DTypeSet.Floating, (x, _) => Functions.Cos.Of(x[0]),
        (n, dy) => [Op.Negate(Op.Multiply(dy, Op.Sin(n.Inputs[0])))], "Cos");

    /// <summary>tanh x.</summary>
    public static readonly MapPrimitive Tanh = new("Tanh", 1, DTypeSet.Floating, (x, _) => Functions.Tanh.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Subtract(Op.Number(n, 1), Op.Multiply(n, n)))], "Tanh");

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static readonly MapPrimitive Sigmoid = new("Sigmoid", 1, DTypeSet.Floating, (x, _) => Functions.Sigmoid.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Multiply(n, Op.Subtract(Op.Number(n, 1), n)))], "Sigmoid");

    /// <summary>The error function 2/√π ∫₀ˣ e^(-t²) dt.</summary>
    public static readonly MapPrimitive Erf = new("Erf", 1, DTypeSet.Floating, (x, _) => Functions.Erf.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Multiply(Op.Number(n, 1.1283791670955126), Op.Exp(Op.Negate(Op.Multiply(n.Inputs[0], n.Inputs[0])))))], "Erf");

    /// <summary>The inverse of the error function on (-1, 1).</summary>
    public static readonly MapPrimitive ErfInverse = new("ErfInverse", 1, DTypeSet.Floating, (x, _) => Functions.ErfInverse.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Multiply(Op.Number(n, 0.88622692545275801), Op.Exp(Op.Multiply(n, n))))]);

    /// <summary>1 - erf x.</summary>
    public static readonly MapPrimitive Erfc = new("Erfc", 1, DTypeSet.Floating, (x, _) => Functions.Erfc.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Multiply(Op.Number(n, -1.1283791670955126), Op.Exp(Op.Negate(Op.Multiply(n.Inputs[0], n.Inputs[0])))))]);

    /// <summary>∛x.</summary>
    public static readonly MapPrimitive Cbrt = new("Cbrt", 1, DTypeSet.Floating, (x, _) => Functions.Cbrt.Of(x[0]),
        (n, dy) => [Op.Divide(dy, Op.Multiply(Op.Number(n, 3), Op.Multiply(n, n)))]);

    /// <summary>√(x² + y²).</summary>
    public static readonly MapPrimitive Hypot = new("Hypot", 2, DTypeSet.Floating, (x, _) => Functions.Hypot.Of(x[0], x[1]),
        (n, dy) => [Op.Multiply(dy, Op.Divide(n.Inputs[0], n)), Op.Multiply(dy, Op.Divide(n.Inputs[1], n))]);

    /// <summary>2ˣ.</summary>
    public static readonly MapPrimitive Exp2 = new("Exp2", 1, DTypeSet.Floating, (x, _) => Functions.Exp2.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Multiply(n, Op.Number(n, 0.69314718055994531)))]);

    /// <summary>log₂ x.</summary>
    public static readonly MapPrimitive Log2 = new("Log2", 1, DTypeSet.Floating, (x, _) => Functions.Log2.Of(x[0]),
        (n, dy) => [Op.Divide(Op.Multiply(dy, Op.Number(n, 1.4426950408889634)), n.Inputs[0])]);

    /// <summary>log₁₀ x.</summary>
    public static readonly MapPrimitive Log10 = new("Log10", 1, DTypeSet.Floating, (x, _) => Functions.Log10.Of(x[0]),
        (n, dy) => [Op.Divide(Op.Multiply(dy, Op.Number(n, 0.43429448190325182)), n.Inputs[0])]);

    /// <summary>xʸ.</summary>
    public static readonly MapPrimitive Pow = new("Pow", 2, DTypeSet.Floating, (x, _) => Functions.Pow.Of(x[0], x[1]),
        (n, dy) =>
        [
            Op.Multiply(dy, Op.Multiply(n.Inputs[1], Op.Pow(n.Inputs[0], Op.Subtract(n.Inputs[1], Op.Number(n, 1))))),
            Op.Multiply(dy, Op.Multiply(n, Op.Log(n.Inputs[0]))),
        ],
        "Pow");
}
