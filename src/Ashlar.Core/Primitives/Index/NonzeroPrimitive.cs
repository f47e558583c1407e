using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>The places along the last axis where a mask is true, ascending → int64. Their number is part of the operation: further ones are left out,
/// missing ones are the extent of the axis, which no gather takes.</summary>
public sealed class NonzeroPrimitive : Primitive
{
    NonzeroPrimitive()
        : base("Nonzero")
    {
    }

    /// <summary>The one instance.</summary>
    public static NonzeroPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "NonZero";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node mask = inputs[0];
        return mask.Type != DType.Bool ? throw new DTypeException($"Nonzero: the mask is {mask.Type.Name}. Compare it with 0 first, which gives bool.")
            : mask.Shape.Rank == 0 ? throw new ShapeException("Nonzero: the mask [] has no axis. Reshape it to [1] first.")
            : (new Shape([.. mask.Shape.Extents[..^1], ((Axes)attributes!).Values[0]]), DType.Int64);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [null];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        (int extent, int count) = (inputs[0].Shape[^1], result.Shape[^1]);
        for (int row = 0; count > 0 && row < result.Shape.Size / count; row++)
        {
            int found = 0;
            for (int i = 0; i < extent && found < count; i++)
            {
                if (inputs[0][(row * extent) + i] != 0)
                {
                    result[(row * count) + found++] = i;
                }
            }

            for (; found < count; found++)
            {
                result[(row * count) + found] = extent;
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Inputs[0].Shape.Size;
}
