using Ashlar.Ir;

namespace Ashlar.Primitives.Structure;

/// <summary>The value of the first operand, of which no launch may read before the second operand is there: what is computed from it is computed late, and is not the same node as what was computed from the value early.</summary>
public sealed class AfterPrimitive : Primitive
{
    AfterPrimitive()
        : base("After")
    {
    }

    /// <summary>The one instance.</summary>
    public static AfterPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Identity";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => (inputs[0].Shape, inputs[0].Type);

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [cotangent, null];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, [batched[0] ? inputs[0] : Batching.Batch(inputs[0], Batching.Extent(inputs, batched)), inputs[1]]);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => inputs[0].Bytes.CopyTo(result.Bytes, 0);

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
