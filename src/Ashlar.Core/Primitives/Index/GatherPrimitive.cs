using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>Elements picked along the last axis: y[…, j] = x[…, index[…, j]]. All other axes are equal.</summary>
public sealed class GatherPrimitive : Primitive
{
    GatherPrimitive()
        : base("Gather")
    {
    }

    /// <summary>The one instance.</summary>
    public static GatherPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "GatherElements";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        (Node x, Node index) = (inputs[0], inputs[1]);
        IndexRules.Check("Gather", x.Shape, index);
        return (index.Shape, x.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [Op.ScatterAdd(node.Inputs[1], cotangent, node.Inputs[0].Shape[^1]), null];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, Batching.BatchAll(inputs, batched));

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        int picks = result.Shape[^1];
        int extent = inputs[0].Shape[^1];
        for (int i = 0; i < result.Shape.Size; i++)
        {
            result[i] = inputs[0][(i / picks * extent) + IndexRules.Place("Gather", (long)inputs[1].ToDouble(i), extent)];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size;
}
