using Ashlar.Ir;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Sort;

namespace Ashlar.Primitives;

/// <content>Orders, and searches in them.</content>
public static partial class Op
{
    /// <summary>The indices of the first elements in order along an axis; int64.</summary>
    public static Node ArgSort(Node x, int axis, bool descending, int count) => new(ArgSortPrimitive.Instance, [Orderly(x)], new SortAttributes(axis, descending, count));

    /// <summary>The elements in order along an axis.</summary>
    public static Node Sort(Node x, int axis, bool descending) =>
        FromCarrier(new Node(SortPrimitive.Instance, [Orderly(x)], new SortAttributes(axis, descending, x.Shape[axis])), x.Type, ordered: true);

    /// <summary>Where values go into sorted elements along the last axis; int64. The dtypes promote.</summary>
    public static Node SearchSorted(Node sorted, Node values, bool right)
    {
        (sorted, values) = Promote(sorted, values);
        return new Node(SearchSortedPrimitive.Instance, [Orderly(sorted), Orderly(values)], new Axes("right", [right ? 1 : 0]));
    }

    static Node Orderly(Node x) => x.Type is DType.Bool or DType.UInt8 ? x : ToCarrier(x, ordered: true);

    /// <summary>The first places along the last axis where a bool mask is true; int64.</summary>
    public static Node Nonzero(Node mask, int count) => new(NonzeroPrimitive.Instance, [mask], new Axes("count", [count]));
}
