using Ashlar.Primitives;

namespace Ashlar;

/// <content>Orders. Every sort is stable: equal elements keep their order, -0 equals +0. NaN comes last, ascending and descending. Gradients pass to the elements that were taken.</content>
public sealed partial class Tensor
{
    /// <summary>The elements of an axis in order.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    public Tensor Sort(int axis = -1, bool descending = false) => new(Op.Sort(RealNode(), Shape.Axis(axis, "Sort"), descending));

    /// <summary>The indices that sort an axis; int64.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    public Tensor ArgSort(int axis = -1, bool descending = false)
    {
        int place = Shape.Axis(axis, "ArgSort");
        return new Tensor(Op.ArgSort(RealNode(), place, descending, Shape[place]));
    }

    /// <summary>The k largest or smallest elements of an axis in order, and their indices (int64). Ties take the lowest index.</summary>
    /// <param name="k">How many, 0 to the extent of the axis.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="largest">The largest, in descending order; else the smallest, ascending.</param>
    /// <exception cref="ShapeException">The axis has fewer than k elements.</exception>
    public (Tensor Values, Tensor Indices) TopK(int k, int axis = -1, bool largest = true)
    {
        int place = Shape.Axis(axis, "TopK");
        if (k < 0 || k > Shape[place])
        {
            throw new ShapeException($"TopK: {k} elements are wanted of axis {place} of {Shape}. Ask for 0 to {Shape[place]}.");
        }

        var indices = new Tensor(Op.ArgSort(RealNode(), place, largest, k));
        return (TakeAlongAxis(indices, place), indices);
    }

    /// <summary>The k-th smallest element of an axis, counted from 1, and its index (int64).</summary>
    /// <param name="k">1 for the smallest.</param>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="keepAxes">Whether the axis stays with extent 1.</param>
    /// <exception cref="ShapeException">The axis has fewer than k elements.</exception>
    public (Tensor Values, Tensor Indices) KthValue(int k, int axis = -1, bool keepAxes = false)
    {
        int place = Shape.Axis(axis, "KthValue");
        if (k < 1 || k > Shape[place])
        {
            throw new ShapeException($"KthValue: the element number {k} is wanted of axis {place} of {Shape}. Ask for 1 to {Shape[place]}.");
        }

        Tensor index = new Tensor(Op.ArgSort(RealNode(), place, descending: false, k)).Slice(place, k - 1, 1);
        Tensor value = TakeAlongAxis(index, place);
        return keepAxes ? (value, index) : (value.Squeeze(place), index.Squeeze(place));
    }

    /// <summary>Where values would go into this sorted tensor so that it stays sorted: the number of elements before each; int64.</summary>
    /// <param name="values">Any shape if this is a vector; else the axes before the last are equal.</param>
    /// <param name="right">Whether a value goes behind its equals: elements ≤ value are counted, else elements &lt; value.</param>
    /// <exception cref="ShapeException">The axes before the last differ.</exception>
    public Tensor SearchSorted(Tensor values, bool right = false) => SearchSorted(values, right, "SearchSorted");

    /// <summary>The bucket of each element, as PyTorch counts them: bucket i is (boundary i-1, boundary i], or with <paramref name="right"/> [boundary i-1, boundary i); int64.</summary>
    /// <param name="boundaries">Ascending vector.</param>
    /// <param name="right">Which side of a bucket is open.</param>
    public Tensor Bucketize(Tensor boundaries, bool right = false) => boundaries.SearchSorted(this, right, "Bucketize");

    /// <summary>The bin of each element, as NumPy counts them: bin i is [edge i-1, edge i), or with <paramref name="right"/> (edge i-1, edge i]; int64.</summary>
    /// <param name="edges">Ascending vector.</param>
    /// <param name="right">Which side of a bin is closed.</param>
    public Tensor Digitize(Tensor edges, bool right = false) => edges.SearchSorted(this, !right, "Digitize");

    Tensor SearchSorted(Tensor values, bool right, string operation) => Rank == 1
        ? new Tensor(Op.SearchSorted(RealNode(operation), Op.Reshape(values.RealNode(operation), [values.Size]), right)).Reshape(values.Shape.Extents)
        : new Tensor(Op.SearchSorted(RealNode(operation), values.RealNode(operation), right));
}
