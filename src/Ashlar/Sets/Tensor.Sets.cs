using System.Runtime.CompilerServices;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;

namespace Ashlar;

/// <content>Tensors as sets. Without an axis all of these flatten; values come out ascending, slices by their first different element. As in the Array API every NaN is a value of its own. They evaluate the tensor, because the number
/// of values is an extent.</content>
public sealed partial class Tensor
{
    /// <summary>The different values, ascending; [count].</summary>
    public Tensor UniqueValues()
    {
        (Tensor sorted, Tensor starts, _) = Runs();
        return sorted.Take(starts);
    }

    /// <summary>The different values, ascending, and how often each occurs; both [count], the counts int64.</summary>
    public (Tensor Values, Tensor Counts) UniqueCounts()
    {
        (Tensor sorted, Tensor starts, _) = Runs();
        return (sorted.Take(starts), Counts(starts));
    }

    /// <summary>The different values, ascending, [count], and for each element the place of its value among them, int64 of the tensor's shape.</summary>
    public (Tensor Values, Tensor InverseIndices) UniqueInverse()
    {
        (Tensor values, _, Tensor inverse, _) = AllOf();
        return (values, inverse);
    }

    /// <summary>The different values, ascending; the flat index where each occurs first; for each element the place of its value; how often each occurs.</summary>
    public (Tensor Values, Tensor Indices, Tensor InverseIndices, Tensor Counts) UniqueAll() => AllOf();

    /// <summary>The different slices along an axis, such as the different rows of a matrix along axis 0, ascending.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor UniqueValues(int axis) => SlicesOf(axis).Values;

    /// <summary>The different slices along an axis, ascending, and how often each occurs, [count] int64.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public (Tensor Values, Tensor Counts) UniqueCounts(int axis)
    {
        (Tensor values, _, _, Tensor counts) = SlicesOf(axis);
        return (values, counts);
    }

    /// <summary>The different slices along an axis, ascending, and for each slice of the tensor the place of its equal among them, [extent] int64.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public (Tensor Values, Tensor InverseIndices) UniqueInverse(int axis)
    {
        (Tensor values, _, Tensor inverse, _) = SlicesOf(axis);
        return (values, inverse);
    }

    /// <summary>The different slices along an axis, ascending; the index where each occurs first, [count]; for each slice of the tensor the place of its equal, [extent]; how often each occurs, [count].</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public (Tensor Values, Tensor Indices, Tensor InverseIndices, Tensor Counts) UniqueAll(int axis) => SlicesOf(axis);

    /// <summary>Whether each element is one of the values → bool. NaN is none. Both promote.</summary>
    /// <param name="values">Any shape.</param>
    /// <param name="invert">Whether to ask for the elements that are none.</param>
    public Tensor IsIn(Tensor values, bool invert = false)
    {
        if (values.Size == 0)
        {
            return Full(Shape, invert ? 1 : 0, DType.Bool);
        }

        DType type = DTypeFacts.Promote(DType, values.DType);
        Tensor sorted = new Tensor(values.RealNode()).To(type).Reshape(values.Size).Sort();
        Tensor x = new Tensor(RealNode()).To(type);
        Tensor found = sorted.Take(Minimum(sorted.SearchSorted(x), Scalar(values.Size - 1, DType.Int64))).EqualTo(x);
        return invert ? ~found : found;
    }

    (Tensor Values, Tensor Indices, Tensor InverseIndices, Tensor Counts) AllOf([CallerMemberName] string operation = "")
    {
        (Tensor sorted, Tensor starts, Tensor order) = Runs(operation);
        Tensor run = Begins(sorted).To(DType.Int64).CumSum(0) - 1;
        var inverse = new Tensor(Op.ScatterAlong(ScatterKind.Set, null, order.Node, run.Node, 0, Size));
        return (sorted.Take(starts), order.Take(starts), inverse.Reshape(Shape.Extents), Counts(starts));
    }

    (Tensor Values, Tensor Indices, Tensor InverseIndices, Tensor Counts) SlicesOf(int axis, [CallerMemberName] string operation = "")
    {
        int found = RealNode(operation).Shape.Axis(axis, operation);
        (_, Tensor indices, Tensor inverse, Tensor counts) = SliceRanks(found).AllOf();
        return (Take(indices, found), indices, inverse, counts);
    }

    // Equal values stand side by side once sorted: the sorted values, where each run begins, and the order.
    (Tensor Sorted, Tensor Starts, Tensor Order) Runs([CallerMemberName] string operation = "")
    {
        Tensor flat = new Tensor(RealNode(operation)).Reshape(Size);
        Tensor order = flat.ArgSort().Keep();
        Tensor sorted = flat.Take(order).Keep();
        return (sorted, new Tensor(Begins(sorted).FlatPlaces()), order);
    }

    // For each slice along an axis a number in the order of the slices; equal for equal ones, [extent]. Neighbouring columns are joined pair by pair.
    Tensor SliceRanks(int axis)
    {
        int rows = Shape[axis];
        int columns = rows == 0 ? 0 : Size / rows;
        if (columns == 0)
        {
            return Zeros(new Shape(rows), DType.Int64);
        }

        Tensor ranks = MoveAxis(axis, 0).Reshape(rows, columns).ColumnRanks();
        for (; columns > 1; columns = (columns + 1) / 2)
        {
            Tensor pairs = ranks.Pad([0, 0], [0, columns % 2]).Reshape(rows, (columns + 1) / 2, 2);
            ranks = (pairs.Slice(2, 0, 1) * rows + pairs.Slice(2, 1, 1)).Reshape(rows, (columns + 1) / 2).ColumnRanks();
        }

        return ranks.Reshape(rows);
    }

    // In each column the number of different smaller elements; a NaN differs from every other.
    Tensor ColumnRanks()
    {
        Tensor order = ArgSort(0).Keep();
        Tensor sorted = TakeAlongAxis(order, 0);
        Tensor rises = sorted.Slice(0, 1, Shape[0] - 1).NotEqualTo(sorted.Slice(0, 0, Shape[0] - 1)).To(DType.Int64).Pad([1, 0], [0, 0]);
        return rises.CumSum(0).TakeAlongAxis(order.ArgSort(0), 0).Keep();
    }

    Tensor Counts(Tensor starts) => Concat([starts, Full(new Shape(1), Size, DType.Int64)], 0).Diff();

    static Tensor Begins(Tensor sorted) => sorted.Size == 0
        ? Zeros(sorted.Shape, DType.Bool)
        : Concat([Full(new Shape(1), 1, DType.Bool), sorted.Slice(0, 1, sorted.Size - 1).NotEqualTo(sorted.Slice(0, 0, sorted.Size - 1))], 0);
}
