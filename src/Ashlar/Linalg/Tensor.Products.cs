using Ashlar.Primitives;
using Ashlar.Primitives.Contract;

namespace Ashlar;

/// <content>Products over chosen axes. Sums run as <see cref="MatMul"/>'s do.</content>
public sealed partial class Tensor
{
    /// <summary>The last two axes exchanged.</summary>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    public Tensor MatrixTranspose() => Matrix("MatrixTranspose").T;

    /// <summary>Σ conj(a)·b along an axis; the other axes broadcast.</summary>
    /// <param name="other">As long along the axis.</param>
    /// <param name="axis">Negative from the back, in both operands.</param>
    /// <exception cref="ShapeException">The extents differ, or the other axes do not broadcast.</exception>
    public Tensor VecDot(Tensor other, int axis = -1)
    {
        int back = axis < 0 ? axis : axis - Math.Min(Rank, other.Rank);
        int extent = Shape[Shape.Axis(back, "VecDot")];
        if (extent != other.Shape[other.Shape.Axis(back, "VecDot")])
        {
            throw new ShapeException($"VecDot: {Shape} and {other.Shape} differ along axis {axis}. Give vectors of equal length.");
        }

        Tensor a = Conj().MoveAxis(back, -1);
        Tensor b = other.MoveAxis(back, -1);
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, "VecDot");
        int[] batch = [.. Enumerable.Range(0, shape.Rank - 1)];
        return Contract(a.BroadcastTo(shape), b.BroadcastTo(shape), new DotAttributes(batch, batch, [shape.Rank - 1], [shape.Rank - 1]));
    }

    /// <summary>Σ over the last <paramref name="axes"/> axes of this tensor against the first of the other; 0 is every product.</summary>
    /// <exception cref="ShapeException">There are not so many axes, or their extents differ.</exception>
    public Tensor TensorDot(Tensor other, int axes = 2) => axes >= 0 && axes <= Math.Min(Rank, other.Rank)
        ? TensorDot(other, [.. Enumerable.Range(Rank - axes, axes)], [.. Enumerable.Range(0, axes)])
        : throw new ShapeException($"TensorDot: {Shape} x {other.Shape} have not {axes} axes to contract. Name at most {Math.Min(Rank, other.Rank)}.");

    /// <summary>Σ over pairs of axes: the result has this tensor's other axes, then the other tensor's.</summary>
    /// <param name="other">The right operand.</param>
    /// <param name="axes">Axes of this tensor.</param>
    /// <param name="otherAxes">Their partners in the other.</param>
    /// <exception cref="ShapeException">The axes do not pair up, or their extents differ.</exception>
    public Tensor TensorDot(Tensor other, ReadOnlySpan<int> axes, ReadOnlySpan<int> otherAxes)
    {
        if (axes.Length != otherAxes.Length)
        {
            throw new ShapeException($"TensorDot: {axes.Length} axes of {Shape} do not pair with {otherAxes.Length} of {other.Shape}. Name as many of each.");
        }

        var left = new int[axes.Length];
        var right = new int[axes.Length];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = Shape.Axis(axes[i], "TensorDot");
            right[i] = other.Shape.Axis(otherAxes[i], "TensorDot");
            if (Shape[left[i]] != other.Shape[right[i]] || Array.IndexOf(left, left[i]) < i || Array.IndexOf(right, right[i]) < i)
            {
                throw new ShapeException($"TensorDot: axis {axes[i]} of {Shape} does not pair with axis {otherAxes[i]} of {other.Shape}. Pair axes of equal extent, each once.");
            }
        }

        return Contract(this, other, new DotAttributes([], [], left, right));
    }

    // The general product; of complex tensors by their parts.
    internal static Tensor Contract(Tensor a, Tensor b, DotAttributes axes)
    {
        if (a.DType.IsComplex || b.DType.IsComplex)
        {
            return ComplexMaps.Bilinear(a, b, (x, y) => Contract(x, y, axes));
        }

        DType type = DTypeFacts.Promote(a.DType, b.DType);
        return new Tensor(Op.Dot(Op.Cast(a.Node, type), Op.Cast(b.Node, type), axes));
    }
}
