using Ashlar.Ir;

namespace Ashlar.Primitives.Structure;

/// <summary>The value itself, as a node of its own: the thing that a gradient is asked for.</summary>
public sealed class BarrierPrimitive : Primitive, IGradientSource, IMarker
{
    BarrierPrimitive()
        : base("Barrier")
    {
    }

    /// <summary>The one instance.</summary>
    public static BarrierPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Identity";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => (inputs[0].Shape, inputs[0].Type);

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [cotangent];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => inputs[0].Bytes.CopyTo(result.Bytes, 0);

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
