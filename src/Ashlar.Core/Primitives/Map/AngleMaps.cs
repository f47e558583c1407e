using Ashlar.Ir;

namespace Ashlar.Primitives.Map;

/// <summary>Circular and hyperbolic functions and their inverses by Ashlar's own definitions; angles in radians; their accuracy stands at each definition.</summary>
public static class AngleMaps
{
    /// <summary>tan x.</summary>
    public static readonly MapPrimitive Tan = new("Tan", 1, DTypeSet.Floating, (x, _) => Functions.Tan.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Add(Op.Number(n, 1), Op.Multiply(n, n)))], "Tan");

    /// <summary>Arc sine.</summary>
    public static readonly MapPrimitive Asin = new("Asin", 1, DTypeSet.Floating, (x, _) => Functions.Asin.Of(x[0]),
        (n, dy) => [Op.Divide(dy, Op.Unary(ArithmeticMaps.Sqrt, OneMinusSquare(n.Inputs[0])))], "Asin");

    /// <summary>Arc cosine.</summary>
    public static readonly MapPrimitive Acos = new("Acos", 1, DTypeSet.Floating, (x, _) => Functions.Acos.Of(x[0]),
        (n, dy) => [Op.Negate(Op.Divide(dy, Op.Unary(ArithmeticMaps.Sqrt, OneMinusSquare(n.Inputs[0]))))], "Acos");

    /// <summary>Arc tangent.</summary>
    public static readonly MapPrimitive Atan = new("Atan", 1, DTypeSet.Floating, (x, _) => Functions.Atan.Of(x[0]),
        (n, dy) => [Op.Divide(dy, Op.Add(Op.Number(n, 1), Op.Multiply(n.Inputs[0], n.Inputs[0])))], "Atan");

    /// <summary>The angle of the point (x, y), operands in the order y, x.</summary>
    public static readonly MapPrimitive Atan2 = new("Atan2", 2, DTypeSet.Floating, (x, _) => Functions.Atan2.Of(x[0], x[1]), (n, dy) =>
    {
        (Node y, Node x) = (n.Inputs[0], n.Inputs[1]);
        Node square = Op.Add(Op.Multiply(x, x), Op.Multiply(y, y));
        return [Op.Multiply(dy, Op.Divide(x, square)), Op.Negate(Op.Multiply(dy, Op.Divide(y, square)))];
    });

    /// <summary>Hyperbolic sine.</summary>
    public static readonly MapPrimitive Sinh = new("Sinh", 1, DTypeSet.Floating, (x, _) => Functions.Sinh.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Unary(Cosh!, n.Inputs[0]))], "Sinh");

    /// <summary>Hyperbolic cosine.</summary>
    public static readonly MapPrimitive Cosh = new("Cosh", 1, DTypeSet.Floating, (x, _) => Functions.Cosh.Of(x[0]),
        (n, dy) => [Op.Multiply(dy, Op.Unary(Sinh, n.Inputs[0]))], "Cosh");

    /// <summary>Inverse hyperbolic sine.</summary>
    public static readonly MapPrimitive Asinh = new("Asinh", 1, DTypeSet.Floating, (x, _) => Functions.Asinh.Of(x[0]),
        (n, dy) => [Op.Divide(dy, Op.Binary(ElementaryMaps.Hypot, n.Inputs[0], Op.Number(n, 1)))], "Asinh");

    /// <summary>Inverse hyperbolic cosine.</summary>
    public static readonly MapPrimitive Acosh = new("Acosh", 1, DTypeSet.Floating, (x, _) => Functions.Acosh.Of(x[0]),
        (n, dy) => [Op.Divide(dy, Op.Unary(ArithmeticMaps.Sqrt, Op.Negate(OneMinusSquare(n.Inputs[0]))))], "Acosh");

    /// <summary>Inverse hyperbolic tangent.</summary>
    public static readonly MapPrimitive Atanh = new("Atanh", 1, DTypeSet.Floating, (x, _) => Functions.Atanh.Of(x[0]),
        (n, dy) => [Op.Divide(dy, OneMinusSquare(n.Inputs[0]))], "Atanh");

    static Node OneMinusSquare(Node x) => Op.Multiply(Op.Subtract(Op.Number(x, 1), x), Op.Add(Op.Number(x, 1), x));
}
