using Ashlar.Ir;

namespace Ashlar.Primitives.Structure;

/// <summary>A number that belongs to a definition, such as the ½ in the gradient of a square root: part of the plan, folded into kernels.</summary>
/// <remarks>Numbers that users write are scalar parameters instead, so that changing one changes no plan.</remarks>
public sealed class LiteralPrimitive : Primitive
{
    LiteralPrimitive()
        : base("Literal")
    {
    }

    /// <summary>The one instance.</summary>
    public static LiteralPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Literal;

    /// <inheritdoc/>
    public override string? OnnxName => "Constant";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => (Shape.Scalar, ((LiteralAttributes)attributes!).Type);

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => node;

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => result[0] = ((LiteralAttributes)node.Attributes!).Bits;

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
