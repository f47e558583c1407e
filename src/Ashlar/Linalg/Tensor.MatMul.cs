using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;

namespace Ashlar;

/// <content>Products.</content>
public sealed partial class Tensor
{
    /// <summary>The matrix product of the last two axes, batch axes broadcast; a vector counts as a row on the left and a column on the right, and its axis disappears.</summary>
    /// <remarks>k runs in order in chunks of 256 fused multiply-adds, so a row alone gives the bits of that row in a batch.</remarks>
    /// <exception cref="ShapeException">The inner extents or the batch axes differ.</exception>
    /// <exception cref="DTypeException">The dtype has no products.</exception>
    public Tensor MatMul(Tensor other)
    {
        if (Rank == 0 || other.Rank == 0)
        {
            throw new ShapeException($"MatMul: {Shape} x {other.Shape} holds a single number. Use * to scale.");
        }

        if (DType.IsComplex || other.DType.IsComplex)
        {
            return ComplexMaps.Bilinear(this, other, static (a, b) => a.MatMul(b));
        }

        DType type = DTypeFacts.Promote(DType, other.DType);
        Node a = Op.Cast(Node, type);
        Node b = Op.Cast(other.Node, type);
        if (b.Shape.Rank <= 2)
        {
            // The right operand has no batch: one product over all rows of the left.
            return new Tensor(Op.Dot(a, b, new DotAttributes([], [], [a.Shape.Rank - 1], [0])));
        }

        bool vector = a.Shape.Rank == 1;
        a = vector ? Op.Reshape(a, [1, .. a.Shape]) : a;
        Shape batch = Shape.Broadcast(new Shape(a.Shape.Extents[..^2]), new Shape(b.Shape.Extents[..^2]), "MatMul");
        a = Op.Broadcast(a, new Shape([.. batch, .. a.Shape.Extents[^2..]]));
        b = Op.Broadcast(b, new Shape([.. batch, .. b.Shape.Extents[^2..]]));
        int[] axes = [.. Enumerable.Range(0, batch.Rank)];
        Node product = Op.Dot(a, b, new DotAttributes(axes, axes, [batch.Rank + 1], [batch.Rank]));
        return new Tensor(vector ? Op.Reshape(product, [.. batch, product.Shape[^1]]) : product);
    }
}
