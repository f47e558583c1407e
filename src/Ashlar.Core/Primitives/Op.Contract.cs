using Ashlar.Ir;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Window;

namespace Ashlar.Primitives;

/// <content>Products, convolutions and windows. Operands of any numeric dtype go through their carrier and back; integers wrap.</content>
public static partial class Op
{
    /// <summary>A product over axes; the operands have one dtype.</summary>
    public static Node Dot(Node a, Node b, DotAttributes attributes) => Carried(a, b, (x, y) => new Node(DotPrimitive.Instance, [x, y], attributes));

    /// <summary>A convolution; the operands have one dtype.</summary>
    public static Node Conv(Node x, Node kernel, ConvAttributes attributes) => Carried(x, kernel, (a, b) => new Node(ConvPrimitive.Instance, [a, b], attributes));

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
    static Node Carried(Node a, Node b, Func<Node, Node, Node> record) =>
        a.Type != b.Type || a.Type == DType.Bool ? record(a, b) : FromCarrier(record(ToCarrier(a), ToCarrier(b)), a.Type);
}
