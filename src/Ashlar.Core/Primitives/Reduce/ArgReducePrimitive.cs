using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Reduce;

/// <summary>The index of the largest or smallest element along one axis → int64. Ties take the lowest index; the first NaN wins.</summary>
public sealed class ArgReducePrimitive : Primitive
{
    ArgReducePrimitive()
        : base("ArgReduce")
    {
    }

    /// <summary>The one instance.</summary>
    public static ArgReducePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "ArgMax";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var reduce = (ReduceAttributes)attributes!;
        Shape from = inputs[0].Shape;
        Op.RequireCarrier("Arg" + reduce.Kind, inputs[0].Type);
        int axis = from.Axis(reduce.Axes[0], "Arg" + reduce.Kind);
        if (from[axis] == 0)
        {
            throw new ShapeException($"Arg{reduce.Kind}: axis {axis} of {from} has no elements, so none is the largest or smallest. Test the extent first.");
        }

        return (ReducedShape.Of(from, reduce.Axes, "Arg" + reduce.Kind), DType.Int64);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [null];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var reduce = (ReduceAttributes)node.Attributes!;
        return new Node(this, inputs, new ReduceAttributes(reduce.Kind, Batching.Shift(reduce.Axes)));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var reduce = (ReduceAttributes)node.Attributes!;
        long[][] groups = ReducedShape.Gather(inputs[0], reduce.Axes, result.Shape);
        for (int i = 0; i < groups.Length; i++)
        {
            result[i] = ReductionBits.ArgReduce(inputs[0].Type, groups[i], reduce.Kind);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Inputs[0].Shape.Size;
}
