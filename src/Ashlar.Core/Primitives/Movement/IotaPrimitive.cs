using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>The coordinate along one axis, as an array of a given shape.</summary>
public sealed class IotaPrimitive : Primitive
{
    IotaPrimitive()
        : base("Iota")
    {
    }

    /// <summary>The one instance.</summary>
    public static IotaPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Iota;

    /// <inheritdoc/>
    public override string? OnnxName => "Range";

    /// <summary>The axis of a node of this primitive; its attributes are the axis, then the extents. The dtype is int32.</summary>
    public static int AxisOf(Node node) => ((Axes)node.Attributes!).Values[0];

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        ReadOnlySpan<int> values = ((Axes)attributes!).Values;
        var shape = new Shape(values[1..]);
        shape.Axis(values[0], "Iota");
        return (shape, DType.Int32);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => node;

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        int axis = AxisOf(node);
        foreach ((int place, int[] at) in Coordinates.Of(result.Shape))
        {
            result[place] = at[axis];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
