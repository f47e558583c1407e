using Ashlar.Ir;
using Ashlar.Primitives.Scan;

namespace Ashlar.Primitives;

/// <content>Running results along an axis.</content>
public static partial class Op
{
    /// <summary>y₀ = x₀, yⱼ = yⱼ₋₁ ⊕ xⱼ along an axis, from its end if reversed.</summary>
    public static Node Scan(Node x, ReduceKind kind, int axis, bool reverse)
    {
        bool ordered = kind is ReduceKind.Max or ReduceKind.Min;
        var attributes = new ScanAttributes(kind, axis, reverse);
        return x.Type is DType.Bool or DType.UInt8
            ? new Node(ScanPrimitive.Instance, [x], attributes)
            : FromCarrier(new Node(ScanPrimitive.Instance, [ToCarrier(x, ordered)], attributes), x.Type, ordered);
    }

    /// <summary>h₀ = b₀, hⱼ = aⱼ·hⱼ₋₁ + bⱼ along an axis, from its end if reversed.</summary>
    public static Node Recurrence(Node a, Node b, int axis, bool reverse) =>
        FromCarrier(new Node(RecurrencePrimitive.Instance, [ToCarrier(a), ToCarrier(b)], new ScanAttributes(ReduceKind.Sum, axis, reverse)), b.Type);

    /// <summary>Each element moved one place on along an axis in the direction of a scan: the first becomes <paramref name="first"/>, the last is lost.</summary>
    public static Node Follow(Node x, int axis, bool reverse, double first)
    {
        int extent = x.Shape[axis];
        if (extent == 0)
        {
            return x;
        }

        var starts = new int[x.Shape.Rank];
        int[] extents = [.. x.Shape];
        var edge = new int[x.Shape.Rank];
        edge[axis] = 1;
        extents[axis] = extent - 1;
        starts[axis] = reverse ? 1 : 0;
        Node rest = Slice(x, starts, extents, Ones(x.Shape.Rank));
        var none = new int[x.Shape.Rank];
        return reverse ? Pad(rest, none, edge, none, first) : Pad(rest, edge, none, none, first);
    }

    /// <summary>Where along the axis each running extreme was reached first; int32.</summary>
    /// <param name="x">What was scanned.</param>
    /// <param name="scanned">The running extremes.</param>
    /// <param name="a">Of the scan.</param>
    public static Node ArgScan(Node x, Node scanned, ScanAttributes a)
    {
        Node before = Follow(scanned, a.Axis, a.Reverse, 0);
        Node same = Equal(scanned, before);
        if (x.Type.IsFloating)
        {
            // A NaN stays: it is reached once.
            same = Binary(Map.LogicMaps.Or, same, Unary(Map.LogicMaps.Not, Binary(Map.LogicMaps.Or, Equal(scanned, scanned), Equal(before, before))));
        }

        // The place of the latest record; the first element is one whatever stands before it.
        Node place = Iota(x.Shape, a.Axis);
        Node origin = Number(DType.Int32, a.Reverse ? x.Shape[a.Axis] - 1 : 0);
        return Scan(Where(same, origin, place), a.Reverse ? ReduceKind.Min : ReduceKind.Max, a.Axis, a.Reverse);
    }
}
