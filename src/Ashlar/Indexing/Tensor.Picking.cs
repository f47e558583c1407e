using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;

namespace Ashlar;

/// <content>Picks by tensors of integers and masks. A negative index counts from the end; one outside is an error that names index, axis and extent.</content>
public sealed partial class Tensor
{
    /// <summary>Slices of an axis picked by index, as <c>index_select</c> does; the axes of the indices take the place of the axis: an embedding is <c>table.Take(ids)</c>.</summary>
    /// <param name="indices">Integers of any shape.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <exception cref="DTypeException">The indices are no integers.</exception>
    public Tensor Take(Tensor indices, int axis = 0)
    {
        int place = Shape.Axis(axis, "Take");
        return Move(this, x => Op.Take(x, [indices.Node], place));
    }

    /// <summary>Elements picked along an axis: y[…, j, …] = x[…, indices[…, j, …], …]. All other axes broadcast.</summary>
    /// <param name="indices">Integers with as many axes as the tensor; what <see cref="ArgSort"/> or a kept <see cref="ArgMax(int, bool)"/> gives.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <exception cref="ShapeException">The axes differ and do not broadcast.</exception>
    public Tensor TakeAlongAxis(Tensor indices, int axis = -1)
    {
        int place = Shape.Axis(axis, "TakeAlongAxis");
        (Shape from, Shape at) = Aligned("TakeAlongAxis", indices, place);
        return Move(this, x => Op.GatherAlong(Op.Broadcast(x, from), Op.Broadcast(indices.Node, at), place));
    }

    /// <summary>Elements replaced or joined along an axis: y[…, indices[…, j, …], …] ⊕= values[…, j, …], in index order.</summary>
    /// <param name="indices">Integers with as many axes as the tensor, equal but for the axis.</param>
    /// <param name="values">Broadcast to the indices.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="kind">How values join what is there.</param>
    /// <exception cref="ShapeException">The axes differ.</exception>
    public Tensor PutAlongAxis(Tensor indices, Tensor values, int axis = -1, ScatterKind kind = ScatterKind.Set)
    {
        int place = Shape.Axis(axis, "PutAlongAxis");
        (Shape from, Shape at) = Aligned("PutAlongAxis", indices, place);
        if (!from.Equals(Shape))
        {
            throw new ShapeException($"PutAlongAxis: indices {indices.Shape} reach beyond {Shape}. Make all axes but {place} equal, or 1 in the indices.");
        }

        Node given = Op.Broadcast(Op.Cast(values.RealNode(), DType), at);
        return new Tensor(Op.ScatterAlong(kind, RealNode(), Op.Broadcast(indices.Node, at), given, place, Shape[place]));
    }

    /// <summary>The coordinates of the elements that are not 0, axis by axis; each [count], int64, in row-major order.</summary>
    /// <remarks>Evaluates the tensor, because their number is a shape. Inside a function mapped by <c>Vmap</c> that is impossible: use <see cref="Where(Tensor, Tensor, Tensor)"/>.</remarks>
    /// <exception cref="ShapeException">The tensor has no axes.</exception>
    public Tensor[] Nonzero()
    {
        if (Rank == 0)
        {
            throw new ShapeException("Nonzero: [] has no axes, so no coordinates. Reshape it to [1] first.");
        }

        var flat = new Tensor(Truth().FlatPlaces());
        int[] strides = Shape.Strides();
        var coordinates = new Tensor[Rank];
        for (int axis = 0; axis < coordinates.Length; axis++)
        {
            Tensor quotient = flat / Scalar(strides[axis], DType.Int64);
            coordinates[axis] = axis == 0 ? quotient : quotient - (quotient / Scalar(Math.Max(1, Shape[axis]), DType.Int64) * Scalar(Shape[axis], DType.Int64));
        }

        return coordinates;
    }

    /// <summary>The coordinates of the elements that are not 0; [count, rank], int64.</summary>
    /// <inheritdoc cref="Nonzero" path="/exception"/>
    public Tensor ArgWhere() => Stack(Nonzero(), -1);

    /// <summary>The elements where a mask is true, in row-major order; [count]. Both broadcast. Evaluates the mask.</summary>
    /// <exception cref="DTypeException">The mask is not bool.</exception>
    public Tensor MaskedSelect(Tensor mask)
    {
        Shape shape = Shape.Broadcast(Shape, Mask(mask, "MaskedSelect").Shape, "MaskedSelect");
        return BroadcastTo(shape).Reshape(-1)[mask.BroadcastTo(shape).Reshape(-1)];
    }

    /// <summary>The tensor with one value where a mask is true. Both broadcast.</summary>
    /// <exception cref="DTypeException">The mask is not bool.</exception>
    public Tensor MaskedFill(Tensor mask, double value) => Where(Mask(mask, "MaskedFill"), new Tensor(Weak(this, value)), this);

    /// <summary>1 at the class of each element, else 0; […, classes]. An element outside 0 … classes - 1 gives zeros alone.</summary>
    /// <param name="classes">Extent of the new last axis.</param>
    /// <param name="type">Dtype of the result.</param>
    /// <exception cref="DTypeException">The elements are no integers.</exception>
    public Tensor OneHot(int classes, DType type = DType.Float32) => DType.IsInteger
        ? Unsqueeze(Rank).EqualTo(Arange(classes)).To(type)
        : throw new DTypeException($"OneHot: the classes are {DType.Name}. Cast them to int32 or int64.");

    // Places in row-major order where this mask is true; int64. The mask is evaluated to count them.
    internal Node FlatPlaces()
    {
        Tensor flat = Reshape(Size);
        int count = Size == 0 ? 0 : (int)flat.To(DType.Int64).Sum().Item<long>();
        return Op.Nonzero(flat.Node, count);
    }

    internal Tensor Truth() => DType == DType.Bool ? this : To(DType.Bool);

    static Tensor Mask(Tensor mask, string operation) => mask.DType == DType.Bool
        ? mask
        : throw new DTypeException($"{operation}: the mask is {mask.DType.Name}. Compare it with something, which gives bool.");

    (Shape From, Shape At) Aligned(string operation, Tensor indices, int axis)
    {
        if (indices.Rank != Rank)
        {
            throw new ShapeException($"{operation}: {Shape} and indices {indices.Shape} have not the same number of axes. Add axes of extent 1 with Unsqueeze.");
        }

        int[] from = [.. Shape];
        int[] at = [.. indices.Shape];
        (from[axis], at[axis]) = (1, 1);
        int[] both = [.. Shape.Broadcast(new Shape(from), new Shape(at), operation)];
        int[] picked = [.. both];
        (both[axis], picked[axis]) = (Shape[axis], indices.Shape[axis]);
        return (new Shape(both), new Shape(picked));
    }
}
