using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Reduce;

/// <summary>Sum, product, maximum or minimum over axes, in the order of the law.</summary>
public sealed class ReducePrimitive : Primitive
{
    ReducePrimitive()
        : base("Reduce")
    {
    }

    /// <summary>The one instance.</summary>
    public static ReducePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Reduce;

    /// <inheritdoc/>
    public override string? OnnxName => "ReduceSum";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var reduce = (ReduceAttributes)attributes!;
        DType type = inputs[0].Type;
        Op.RequireCarrier(reduce.Kind.ToString(), type);
        if (type is DType.Bool or DType.UInt8 && reduce.Kind is ReduceKind.Sum or ReduceKind.Prod)
        {
            throw new DTypeException($"{reduce.Kind}: {type.Name} would overflow at once. Cast to int32 or int64 first.");
        }

        return (ReducedShape.Of(inputs[0].Shape, reduce.Axes, reduce.Kind.ToString()), type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var reduce = (ReduceAttributes)node.Attributes!;
        Node x = node.Inputs[0];
        Node dy = Op.Restore(cotangent, x.Shape, reduce.Axes);
        switch (reduce.Kind)
        {
            case ReduceKind.Sum:
                return [dy];
            case ReduceKind.Max or ReduceKind.Min:
                // Equal extremes share the gradient, as for two operands.
                Node hit = Op.Equal(x, Op.Restore(node, x.Shape, reduce.Axes));
                Node share = Op.Where(hit, Op.Number(x, 1), Op.Number(x, 0));
                Node count = Op.Restore(Op.Sum(share, reduce.Axes), x.Shape, reduce.Axes);
                return [Op.Multiply(Op.Divide(share, count), dy)];
            default:
                return [Op.Multiply(dy, Op.ProductOfOthers(x, reduce.Axes))];
        }
    }

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
            result[i] = ReductionBits.Reduce(result.Type, groups[i], reduce.Kind);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Inputs[0].Shape.Size;
}
