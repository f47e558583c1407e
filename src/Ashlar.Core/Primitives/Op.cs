using Ashlar.Ir;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Structure;
using Ashlar.Scalars;

namespace Ashlar.Primitives;

/// <summary>Records nodes: the vocabulary in which gradients and composites are written. Operands of maps broadcast and promote as NumPy's do.</summary>
public static partial class Op
{
    // What was expanded last is expanded again: operands of one chain have one shape.
    [ThreadStatic]
    static Axes? _expanded;

    /// <summary>A number of the node's dtype, to be broadcast.</summary>
    public static Node Number(Node like, double value) => Number(like.Type, value);

    /// <summary>A number of a dtype, to be broadcast. It belongs to the plan; for a number that changes use <see cref="Node.Scalar"/>.</summary>
    public static Node Number(DType type, double value) =>
        new(LiteralPrimitive.Instance, [], new LiteralAttributes(type, ScalarBits.FromDouble(type, value)));

    /// <summary>Zeros of the node's shape and dtype.</summary>
    public static Node Zeros(Node like) => Broadcast(Number(like, 0), like.Shape);

    /// <summary>The same elements under other extents.</summary>
    public static Node Reshape(Node x, ReadOnlySpan<int> extents) =>
        x.Shape.Extents.SequenceEqual(extents) ? x : new Node(ReshapePrimitive.Instance, [x], new Axes("shape", extents.ToArray()));

    /// <summary>The axes in another order.</summary>
    public static Node Permute(Node x, ReadOnlySpan<int> axes)
    {
        bool moves = axes.Length != x.Shape.Rank;
        for (int i = 0; i < axes.Length; i++)
        {
            moves |= axes[i] != i;
        }

        return moves ? new Node(PermutePrimitive.Instance, [x], new Axes("axes", axes.ToArray())) : x;
    }

    /// <summary>One axis moved to another place; the others keep their order.</summary>
    public static Node MoveAxis(Node x, int from, int to)
    {
        List<int> axes = [.. Enumerable.Range(0, x.Shape.Rank)];
        axes.RemoveAt(from);
        axes.Insert(to, from);
        return Permute(x, [.. axes]);
    }

    /// <summary>Repeats axes of extent 1 to the given extents of equal rank.</summary>
    public static Node Expand(Node x, ReadOnlySpan<int> extents) =>
        x.Shape.Extents.SequenceEqual(extents) ? x : new Node(ExpandPrimitive.Instance, [x], new Axes("shape", extents.ToArray()));

    /// <summary>NumPy's broadcast: leading axes are added, axes of extent 1 repeat.</summary>
    public static Node Broadcast(Node x, Shape shape)
    {
        if (x.Shape.Equals(shape))
        {
            return x;
        }

        if (x.Shape.Size == 1 && x.Shape.Rank == shape.Rank)
        {
            Axes axes = _expanded is { } last && last.Values.SequenceEqual(shape.Extents) ? last : _expanded = new Axes("shape", shape.Extents.ToArray());
            return new Node(ExpandPrimitive.Instance, x, axes, shape);
        }

        Span<int> extents = stackalloc int[shape.Rank];
        extents.Fill(1);
        x.Shape.Extents.CopyTo(extents[(shape.Rank - x.Shape.Rank)..]);
        return Expand(Reshape(x, extents), shape.Extents);
    }

    /// <summary>Regularly spaced elements; a negative step walks backwards.</summary>
    public static Node Slice(Node x, ReadOnlySpan<int> starts, ReadOnlySpan<int> extents, ReadOnlySpan<int> steps) =>
        x.Shape.Extents.SequenceEqual(extents) && !starts.ContainsAnyExcept(0) && !steps.ContainsAnyExcept(1)
            ? x
            : new Node(SlicePrimitive.Instance, [x], new SliceAttributes(starts.ToArray(), extents.ToArray(), steps.ToArray()));

    /// <summary>Surrounds and spreads the elements with one value.</summary>
    public static Node Pad(Node x, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> inner, double value) =>
        !low.ContainsAnyExcept(0) && !high.ContainsAnyExcept(0) && !inner.ContainsAnyExcept(0)
            ? x
            : new Node(PadPrimitive.Instance, [x], new PadAttributes(low.ToArray(), high.ToArray(), inner.ToArray(), ScalarBits.FromDouble(x.Type, value)));

    /// <summary>The operands one after the other along an axis.</summary>
    public static Node Concat(ReadOnlySpan<Node> parts, int axis) => new(ConcatPrimitive.Instance, parts, new Axes("axis", [axis]));

    /// <summary>The coordinate along an axis; int32.</summary>
    public static Node Iota(Shape shape, int axis) => new(IotaPrimitive.Instance, [], new Axes("axis, shape", [axis, .. shape]));

    /// <summary>The axes walked backwards.</summary>
    public static Node Flip(Node x, ReadOnlySpan<int> axes)
    {
        var steps = Ones(x.Shape.Rank);
        foreach (int axis in axes)
        {
            steps[axis] = -1;
        }

        return FlipAxesWithNegativeStep(x, steps);
    }

    /// <summary>Row <paramref name="index"/> of axis 0, without that axis.</summary>
    public static Node Row(Node x, int index)
    {
        var starts = new int[x.Shape.Rank];
        starts[0] = index;
        return Reshape(Slice(x, starts, [1, .. x.Shape.Extents[1..]], Ones(x.Shape.Rank)), x.Shape.Extents[1..]);
    }

    /// <summary>Sum over axes, which disappear.</summary>
    public static Node Sum(Node x, ReadOnlySpan<int> axes) => Reduce(x, ReduceKind.Sum, axes);

    /// <summary>A reduction over axes, which disappear.</summary>
    public static Node Reduce(Node x, ReduceKind kind, ReadOnlySpan<int> axes)
    {
        int[] sorted = axes.ToArray();
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return x;
        }

        var attributes = new ReduceAttributes(kind, sorted);
        bool ordered = kind is ReduceKind.Max or ReduceKind.Min;
        if (x.Type == DType.Bool && ordered && x.Shape.Size == 0)
        {
            // The limits of a byte are no bool: any of nothing is false, all of nothing true.
            Shape shape = ReducedShape.Of(x.Shape, sorted, kind.ToString());
            return Broadcast(Number(x, kind == ReduceKind.Max ? 0 : 1), shape);
        }

        if (CarrierOf(x.Type) == x.Type || (ordered && x.Type is DType.Bool or DType.UInt8))
        {
            return new Node(ReducePrimitive.Instance, [x], attributes);
        }

        Node reduced = FromCarrier(new Node(ReducePrimitive.Instance, [ToCarrier(x, ordered)], attributes), x.Type, ordered);

        // The carrier's own limit is no int8 or int16.
        bool isLimit = ordered && x.Shape.Size == 0 && x.Type is DType.Int8 or DType.Int16;
        return isLimit ? Broadcast(Number(x, kind == ReduceKind.Max ? double.NegativeInfinity : double.PositiveInfinity), reduced.Shape) : reduced;
    }

    /// <summary>The index of the largest or smallest element along an axis; int64.</summary>
    public static Node ArgReduce(Node x, ReduceKind kind, int axis) =>
        new(ArgReducePrimitive.Instance, [x.Type is DType.Bool or DType.UInt8 ? x : ToCarrier(x, ordered: true)], new ReduceAttributes(kind, [axis]));

    /// <summary>A reduced value broadcast back over the axes that it lost.</summary>
    public static Node Restore(Node reduced, Shape shape, ReadOnlySpan<int> axes)
    {
        Span<int> extents = stackalloc int[shape.Rank];
        shape.Extents.CopyTo(extents);
        foreach (int axis in axes)
        {
            extents[axis] = 1;
        }

        return Expand(Reshape(reduced, extents), shape.Extents);
    }

    /// <summary>The value, through which no gradient passes.</summary>
    public static Node StopGradient(Node x) => new(StopGradientPrimitive.Instance, [x]);

    /// <summary>The value as the thing that a gradient is asked for.</summary>
    public static Node Barrier(Node x) => new(BarrierPrimitive.Instance, [x]);

    internal static int[] Ones(int count)
    {
        var ones = new int[count];
        ones.AsSpan().Fill(1);
        return ones;
    }

    internal static Node FlipAxesWithNegativeStep(Node x, ReadOnlySpan<int> steps)
    {
        var starts = new int[x.Shape.Rank];
        var signs = Ones(x.Shape.Rank);
        bool flips = false;
        for (int axis = 0; axis < starts.Length; axis++)
        {
            if (steps[axis] < 0 && x.Shape[axis] > 0)
            {
                starts[axis] = x.Shape[axis] - 1;
                signs[axis] = -1;
                flips |= x.Shape[axis] > 1;
            }
        }

        return flips ? Slice(x, starts, x.Shape.Extents, signs) : x;
    }

    // For each element the product of all others along the axes, by multiplying every rotation but the first: exact with zeros.
    internal static Node ProductOfOthers(Node x, ReadOnlySpan<int> axes)
    {
        int[] order = [.. Enumerable.Range(0, x.Shape.Rank).Except(axes.ToArray()), .. axes];
        Node moved = Permute(x, order);
        int lead = x.Shape.Rank - axes.Length;
        int size = new Shape(moved.Shape.Extents[lead..]).Size;
        int rows = size == 0 ? 0 : moved.Shape.Size / size;
        Node flat = Reshape(moved, [rows, size]);
        if (size < 2)
        {
            return Broadcast(Number(x, 1), x.Shape);
        }

        Node twice = Concat([flat, flat], 1);
        var others = new Node[size - 1];
        for (int i = 1; i < size; i++)
        {
            others[i - 1] = Reshape(Slice(twice, [0, i], [rows, size], [1, 1]), [rows, size, 1]);
        }

        Node product = Reduce(Concat(others, 2), ReduceKind.Prod, [2]);
        var back = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            back[order[i]] = i;
        }

        return Permute(Reshape(product, moved.Shape.Extents), back);
    }
}
