using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Map;

/// <summary>Arithmetic on elements. Integers wrap; every floating result is rounded once.</summary>
public static class ArithmeticMaps
{
    /// <summary>a + b.</summary>
    public static readonly MapPrimitive Add = new("Add", 2, DTypeSet.Number, (x, _) => x[0] + x[1], (_, dy) => [dy, dy], "Add");

    /// <summary>a - b.</summary>
    public static readonly MapPrimitive Subtract = new("Subtract", DTypeSet.Number, (x, _) => x[0] - x[1], [(_, dy) => dy, (_, dy) => Op.Negate(dy)], "Sub");

    /// <summary>a · b.</summary>
    public static readonly MapPrimitive Multiply = new("Multiply", DTypeSet.Number, (x, _) => x[0] * x[1],
        [(n, dy) => Op.Multiply(dy, n.Inputs[1]), (n, dy) => Op.Multiply(dy, n.Inputs[0])], "Mul");

    /// <summary>a / b; integers truncate toward zero and refuse a zero divisor.</summary>
    public static readonly MapPrimitive Divide = new("Divide", DTypeSet.Number, (x, _) => x[0] / x[1],
        [(n, dy) => Op.Divide(dy, n.Inputs[1]), (n, dy) => Op.Negate(Op.Divide(Op.Multiply(dy, n), n.Inputs[1]))], "Div");

    /// <summary>a · b + c with one rounding.</summary>
    public static readonly MapPrimitive Fma = new("Fma", 3, DTypeSet.Floating, (x, _) => Scalar.Fma(x[0], x[1], x[2]),
        (n, dy) => [Op.Multiply(dy, n.Inputs[1]), Op.Multiply(dy, n.Inputs[0]), dy]);

    /// <summary>-a.</summary>
    public static readonly MapPrimitive Negate = new("Negate", 1, DTypeSet.Number, (x, _) => -x[0], (_, dy) => [Op.Negate(dy)], "Neg");

    /// <summary>|a|.</summary>
    public static readonly MapPrimitive Abs = new("Abs", 1, DTypeSet.Number, (x, _) => x[0].Abs(),
        (n, dy) => [Op.Multiply(dy, Op.Sign(n.Inputs[0]))], "Abs");

    /// <summary>-1, 0 or 1 with the sign of a; NaN stays.</summary>
    public static readonly MapPrimitive Sign = new("Sign", 1, DTypeSet.Number,
        (x, _) => Scalar.Select(x[0] > 0, x[0].Like(1), Scalar.Select(x[0] < 0, x[0].Like(-1), x[0])), (_, _) => [null], "Sign");

    /// <summary>The larger; NaN propagates, max(-0, +0) = +0. Equal operands share the gradient.</summary>
    public static readonly MapPrimitive Maximum = new("Maximum", 2, DTypeSet.All, (x, _) => Scalar.Max(x[0], x[1]), Chosen, "Max");

    /// <summary>The smaller; NaN propagates, min(-0, +0) = -0. Equal operands share the gradient.</summary>
    public static readonly MapPrimitive Minimum = new("Minimum", 2, DTypeSet.All, (x, _) => Scalar.Min(x[0], x[1]), Chosen, "Min");

    /// <summary>√a, correctly rounded.</summary>
    public static readonly MapPrimitive Sqrt = new("Sqrt", 1, DTypeSet.Floating, (x, _) => x[0].Sqrt(),
        (n, dy) => [Op.Divide(Op.Multiply(dy, Op.Number(dy, 0.5)), n)], "Sqrt");

    /// <summary>1 / √a: two roundings.</summary>
    public static readonly MapPrimitive Rsqrt = new("Rsqrt", 1, DTypeSet.Floating, (x, _) => 1 / x[0].Sqrt(),
        (n, dy) => [Op.Multiply(Op.Multiply(dy, Op.Number(dy, -0.5)), Op.Multiply(n, Op.Multiply(n, n)))]);

    /// <summary>max(a, 0); NaN propagates. The gradient at 0 is 0.</summary>
    public static readonly MapPrimitive Relu = new("Relu", 1, DTypeSet.Number, (x, _) => Scalar.Max(x[0], x[0].Like(0)),
        (n, dy) => [Op.Where(Op.LessOrEqual(n, Op.Number(n, 0)), Op.Number(dy, 0), dy)], "Relu");

    static Node?[] Chosen(Node n, Node dy)
    {
        (Node a, Node b) = (n.Inputs[0], n.Inputs[1]);
        Node half = Op.Multiply(dy, Op.Number(dy, 0.5));
        Node none = Op.Number(dy, 0);
        Node tie = Op.Equal(a, b);
        return
        [
            Op.Where(tie, half, Op.Where(Op.Equal(a, n), dy, none)),
            Op.Where(tie, half, Op.Where(Op.Equal(b, n), dy, none)),
        ];
    }
}
