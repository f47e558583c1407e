using Ashlar.Ir;

namespace Ashlar.Primitives.Structure;

/// <summary>The value under a name, by which a checkpoint may keep it.</summary>
public sealed class NamePrimitive : Primitive, IMarker
{
    NamePrimitive()
        : base("Name")
    {
    }

    /// <summary>The one instance.</summary>
    public static NamePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Identity";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => (inputs[0].Shape, inputs[0].Type);

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [cotangent];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => inputs[0].Bytes.CopyTo(result.Bytes, 0);

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
