using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;

namespace Ashlar;

/// <summary>The meaning of the brackets of <c>x[…]</c>, by NumPy's rules: first positions, ranges and new axes, which are views, then masks and integer tensors, which pick.</summary>
sealed class IndexExpression
{
    readonly Shape _shape;
    readonly List<TensorIndex> _entries = [];

    /// <param name="shape">Of the tensor that is indexed.</param>
    /// <param name="indices">As written; what is absent is skipped.</param>
    /// <exception cref="ArgumentException">There are more indices than axes, or several ellipses.</exception>
    /// <exception cref="ShapeException">A mask has other extents than its axes.</exception>
    public IndexExpression(Shape shape, ReadOnlySpan<TensorIndex> indices)
    {
        _shape = shape;
        int taken = 0;
        int ellipses = 0;
        foreach (TensorIndex index in indices)
        {
            taken += AxesOf(index);
            ellipses += index.Kind == IndexKind.Ellipsis ? 1 : 0;
        }

        if (ellipses > 1)
        {
            throw new ArgumentException($"Index: {ellipses} ellipses leave open which axes each stands for. Write one.");
        }

        if (taken > shape.Rank)
        {
            throw new ArgumentException($"Index: {taken} axes are indexed, but {shape} has {shape.Rank}. Leave out {taken - shape.Rank}, or write None for a new axis.");
        }

        foreach (TensorIndex index in indices)
        {
            if (index.Kind == IndexKind.Absent)
            {
                continue;
            }

            if (index.Kind == IndexKind.Ellipsis)
            {
                // The marker itself stays: an ellipsis separates picks even if it stands for no axis.
                _entries.Add(index);
                _entries.AddRange(Enumerable.Repeat((TensorIndex)Range.All, shape.Rank - taken));
            }
            else
            {
                _entries.Add(index);
            }
        }

        if (ellipses == 0)
        {
            _entries.AddRange(Enumerable.Repeat((TensorIndex)Range.All, shape.Rank - taken));
        }
    }

    IndexExpression(Shape shape, List<TensorIndex> entries) => (_shape, _entries) = (shape, entries);

    /// <summary>Number of last axes that are taken whole and stay last in the result.</summary>
    public int WholeAxes()
    {
        int whole = 0;
        for (int i = _entries.Count - 1; i >= 0 && whole < _shape.Rank; i--)
        {
            int extent = _shape[_shape.Rank - 1 - whole];
            if (_entries[i].Kind != IndexKind.Slice || !AxisSlice.Of(_entries[i], extent).IsWhole(extent))
            {
                break;
            }

            whole++;
        }

        return whole;
    }

    /// <summary>The same expression for the leading axes alone.</summary>
    public IndexExpression WithoutLast(int axes) => new(new Shape(_shape.Extents[..^axes]), _entries[..^axes]);

    /// <summary>The numbers, in row-major order, of the chosen elements; of one axis that is picked from they are the picks as given, negative ones too.</summary>
    public Node Numbers() => _shape.Rank == 1 && _entries is [{ Kind: IndexKind.Integers } only]
        ? only.Tensor!.Node
        : Of(Op.Reshape(Op.Iota(new Shape(_shape.Size), 0), _shape.Extents));

    /// <summary>The elements.</summary>
    /// <param name="x">A value of the shape.</param>
    public Node Of(Node x)
    {
        var starts = new int[_shape.Rank];
        int[] extents = [.. _shape];
        int[] steps = Op.Ones(_shape.Rank);
        var result = new List<int>();
        var picks = new List<(int Axis, Node Index)>();
        int axis = 0;
        int first = -1;
        int last = -1;
        int before = 0;
        int markers = 0;
        for (int i = 0; i < _entries.Count; i++)
        {
            TensorIndex entry = _entries[i];
            switch (entry.Kind)
            {
                case IndexKind.Ellipsis:
                    continue;
                case IndexKind.NewAxis:
                    result.Add(1);
                    continue;
                case IndexKind.Slice:
                    AxisSlice slice = AxisSlice.Of(entry, _shape[axis]);
                    (starts[axis], extents[axis], steps[axis]) = (slice.Start, slice.Count, slice.Step);
                    result.Add(slice.Count);
                    axis++;
                    continue;
                case IndexKind.Position:
                    long position = entry.Start!.Value.In(_shape[axis]);
                    if (position < 0 || position >= _shape[axis])
                    {
                        throw IndexRules.Outside("Index", entry.Start.Value.FromEnd && entry.Start.Value.Value == 0 ? _shape[axis] : entry.Start.Value.Written, axis, _shape[axis]);
                    }

                    (starts[axis], extents[axis]) = ((int)position, 1);
                    axis++;
                    break;
                case IndexKind.Integers:
                    picks.Add((result.Count, entry.Tensor!.Node));
                    result.Add(_shape[axis]);
                    axis++;
                    break;
                default:
                    picks.Add((result.Count, Places(entry.Tensor!, axis)));
                    result.Add(entry.Tensor!.Size);
                    axis += entry.Tensor.Rank;
                    break;
            }

            // Positions count among the picks when it comes to where the picked axes go.
            if (first < 0)
            {
                first = i;
                before = result.Count - (entry.Kind == IndexKind.Position ? 0 : 1);
            }

            last = i;
            markers++;
        }

        Node view = Op.Reshape(Op.Slice(x, starts, extents, steps), [.. result]);
        return picks.Count == 0 ? view : Pick(view, picks, last - first + 1 == markers ? before : 0);
    }

    // Picks along some axes; the axes of the indices, broadcast to each other, go to one place of the result.
    static Node Pick(Node view, List<(int Axis, Node Index)> picks, int target)
    {
        Shape shape = picks[0].Index.Shape;
        foreach ((_, Node index) in picks)
        {
            shape = Shape.Broadcast(shape, index.Shape, "Index");
        }

        int[] axes = [.. picks.Select(pick => pick.Axis)];
        int from = axes[0];
        if (axes[^1] - axes[0] + 1 != axes.Length)
        {
            view = Op.Permute(view, [.. axes, .. Enumerable.Range(0, view.Shape.Rank).Except(axes)]);
            from = 0;
        }

        Node picked = Op.Take(view, [.. picks.Select(pick => Op.Broadcast(pick.Index, shape))], from);
        int[] moved = [.. Enumerable.Range(from, shape.Rank)];
        int[] others = [.. Enumerable.Range(0, picked.Shape.Rank).Except(moved)];
        return Op.Permute(picked, [.. others[..target], .. moved, .. others[target..]]);
    }

    Node Places(Tensor mask, int axis)
    {
        ReadOnlySpan<int> axes = _shape.Extents.Slice(axis, mask.Rank);
        if (!mask.Shape.Extents.SequenceEqual(axes))
        {
            throw new ShapeException($"Index: the mask {mask.Shape} does not cover axes {axis} to {axis + mask.Rank - 1} of {_shape}. Give a mask of their extents.");
        }

        return mask.FlatPlaces();
    }

    static int AxesOf(TensorIndex index) => index.Kind switch
    {
        IndexKind.Absent or IndexKind.Ellipsis or IndexKind.NewAxis => 0,
        IndexKind.Mask => index.Tensor!.Rank > 0 ? index.Tensor.Rank
            : throw new ShapeException("Index: a mask without axes picks all or nothing. Use Where, or a C# condition."),
        _ => 1,
    };
}
