using Ashlar.Ir;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Window;

namespace Ashlar.Primitives;

/// <content>Products, convolutions and windows. Operands of any numeric dtype go through their carrier and back; integers wrap.</content>
public static partial class Op
{
    /// <summary>A product over axes; the operands have one dtype.</summary>
    public static Node Dot(Node a, Node b, DotAttributes attributes) => Carried(DotPrimitive.Instance, a, b, attributes);

    /// <summary>A convolution; the operands have one dtype.</summary>
    public static Node Conv(Node x, Node kernel, ConvAttributes attributes) => Carried(ConvPrimitive.Instance, x, kernel, attributes);

    /// <summary>A sum, maximum or minimum over sliding windows.</summary>
    public static Node ReduceWindow(Node x, WindowAttributes attributes)
    {
        bool ordered = attributes.Kind is ReduceKind.Max or ReduceKind.Min;
        return ordered && x.Type is DType.Bool or DType.UInt8
            ? new Node(ReduceWindowPrimitive.Instance, [x], attributes)
            : FromCarrier(new Node(ReduceWindowPrimitive.Instance, [ToCarrier(x, ordered)], attributes), x.Type, ordered);
    }

    /// <summary>For each window the place of its largest or smallest element; int32.</summary>
    public static Node WindowArgReduce(Node x, WindowAttributes attributes) =>
        new(WindowArgReducePrimitive.Instance, [x.Type is DType.Bool or DType.UInt8 ? x : ToCarrier(x, ordered: true)], attributes);

    // Different dtypes and bool are the primitive's to refuse.
    static Node Carried(Primitive primitive, Node a, Node b, Attributes attributes) => a.Type != b.Type || a.Type == DType.Bool
        ? new Node(primitive, [a, b], attributes)
        : FromCarrier(new Node(primitive, [ToCarrier(a), ToCarrier(b)], attributes), a.Type);
}
