using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>The same elements in row-major order under other extents.</summary>
public sealed class ReshapePrimitive : Primitive
{
    ReshapePrimitive()
        : base("Reshape")
    {
    }

    /// <summary>The one instance.</summary>
    public static ReshapePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Reshape";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var shape = new Shape(((Axes)attributes!).Values);
        return shape.Size == inputs[0].Shape.Size
            ? (shape, inputs[0].Type)
            : throw new ShapeException($"Reshape: {inputs[0].Shape} has {inputs[0].Shape.Size} elements, {shape} has {shape.Size}. The counts must be equal.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [Op.Reshape(cotangent, node.Inputs[0].Shape.Extents)];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        Op.Reshape(inputs[0], [inputs[0].Shape[0], .. node.Shape]);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => inputs[0].Bytes.CopyTo(result.Bytes, 0);

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
