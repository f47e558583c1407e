using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Primitives;

/// <content>Maps on elements.</content>
public static partial class Op
{
    /// <summary>a + b.</summary>
    public static Node Add(Node a, Node b) => Binary(ArithmeticMaps.Add, a, b);

    /// <summary>a - b.</summary>
    public static Node Subtract(Node a, Node b) => Binary(ArithmeticMaps.Subtract, a, b);

    /// <summary>a · b.</summary>
    public static Node Multiply(Node a, Node b) => Binary(ArithmeticMaps.Multiply, a, b);

    /// <summary>a / b.</summary>
    public static Node Divide(Node a, Node b) => Binary(ArithmeticMaps.Divide, a, b);

    /// <summary>The larger.</summary>
    public static Node Maximum(Node a, Node b) => Binary(ArithmeticMaps.Maximum, a, b);

    /// <summary>The smaller.</summary>
    public static Node Minimum(Node a, Node b) => Binary(ArithmeticMaps.Minimum, a, b);

    /// <summary>xʸ.</summary>
    public static Node Pow(Node x, Node y) => Binary(ElementaryMaps.Pow, x, y);

    /// <summary>-a.</summary>
    public static Node Negate(Node a) => Unary(ArithmeticMaps.Negate, a);

    /// <summary>-1, 0 or 1.</summary>
    public static Node Sign(Node a) => Unary(ArithmeticMaps.Sign, a);

    /// <summary>eˣ.</summary>
    public static Node Exp(Node x) => Unary(ElementaryMaps.Exp, x);

    /// <summary>ln x.</summary>
    public static Node Log(Node x) => Unary(ElementaryMaps.Log, x);

    /// <summary>sin x.</summary>
    public static Node Sin(Node x) => Unary(ElementaryMaps.Sin, x);

    /// <summary>cos x.</summary>
    public static Node Cos(Node x) => Unary(ElementaryMaps.Cos, x);

    /// <summary>a = b → bool.</summary>
    public static Node Equal(Node a, Node b) => Binary(ComparisonMaps.Equal, a, b);

    /// <summary>a ≤ b → bool.</summary>
    public static Node LessOrEqual(Node a, Node b) => Binary(ComparisonMaps.LessOrEqual, a, b);

    /// <summary>condition ? a : b.</summary>
    public static Node Where(Node condition, Node a, Node b)
    {
        (a, b) = Promote(a, b);
        Shape shape = Shape.Broadcast(condition.Shape, Shape.Broadcast(a.Shape, b.Shape, "Where"), "Where");
        return new Node(LogicMaps.Where, [Broadcast(Cast(condition, DType.Bool), shape), Broadcast(a, shape), Broadcast(b, shape)]);
    }

    /// <summary>The bits of int32 or int64 moved down, zeros in from above.</summary>
    public static Node ShiftRight(Node x, int count) => new(LogicMaps.ShiftRight, [x], new ShiftCount(count));

    /// <summary>The first word of Threefry2x32-20 under key (k0, k1) at counter (c0, c1), broadcast to each other; all int32.</summary>
    public static Node RandomBits(Node k0, Node k1, Node c0, Node c1)
    {
        Shape shape = Shape.Broadcast(Shape.Broadcast(k0.Shape, k1.Shape, "RandomBits"), Shape.Broadcast(c0.Shape, c1.Shape, "RandomBits"), "RandomBits");
        return new Node(RandomMaps.RandomBits, [Broadcast(k0, shape), Broadcast(k1, shape), Broadcast(c0, shape), Broadcast(c1, shape)]);
    }

    /// <summary>The value as another dtype.</summary>
    public static Node Cast(Node x, DType type) => x.Type == type ? x : new Node(ConversionMaps.Cast, [x], new TargetDType(type));

    /// <summary>A map of one operand.</summary>
    public static Node Unary(MapPrimitive map, Node x) => new(map, [x]);

    /// <summary>A map of two operands, promoted and broadcast to each other.</summary>
    /// <exception cref="ShapeException">They do not broadcast.</exception>
    public static Node Binary(MapPrimitive map, Node a, Node b)
    {
        (a, b) = Promote(a, b);
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, map.Name);
        return new Node(map, [Broadcast(a, shape), Broadcast(b, shape)]);
    }

    static (Node A, Node B) Promote(Node a, Node b)
    {
        DType type = DTypeFacts.Promote(a.Type, b.Type);
        return (Cast(a, type), Cast(b, type));
    }
}
