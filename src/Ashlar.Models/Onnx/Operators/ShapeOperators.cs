namespace Ashlar.Onnx.Operators;

/// <summary>Shapes read, changed and stretched.</summary>
static class ShapeOperators
{
    public static Operator[] All { get; } =
    [
        new("Identity", 1, c => c.Value(0)),
        new("Shape", 1, ShapeOf) { ReadsShapesOnly = true },
        new("Size", 1, c => Whole(c.ShapeOf(0).Size)) { ReadsShapesOnly = true },
        new("Reshape", 1, Reshape),
        new("Flatten", 1, Flatten),
        new("Squeeze", 1, Squeeze),
        new("Unsqueeze", 1, Unsqueeze),
        new("Transpose", 1, c => c.Move(x => x.Permute(c.Ints("perm") ?? [.. Enumerable.Range(0, x.Rank).Reverse()]))),
        new("Expand", 8, c => c.Move(x => x.BroadcastTo(Shape.Broadcast(x.Shape, new Shape(c.Ints(1)), "Expand")))),
        new("Tile", 1, c => c.Move(x => x.Tile(c.Opset < 6 ? TileOnce(c, x) : c.Ints(1)))),
        new("DepthToSpace", 1, DepthToSpace),
        new("SpaceToDepth", 1, SpaceToDepth),
        new("Trilu", 14, c => c.Flag("upper", true) ? c[0].Triu(c.Has(1) ? c.Int(1) : 0) : c[0].Tril(c.Has(1) ? c.Int(1) : 0)),
        new("ReverseSequence", 10, ReverseSequence),
    ];

    /// <summary>A scalar of int64.</summary>
    internal static Tensor Whole(long number) => Tensor.From<long>([number]);

    /// <summary>A list of int64.</summary>
    internal static Tensor Wholes(IEnumerable<long> numbers)
    {
        long[] array = [.. numbers];
        return Tensor.From<long>(array, array.Length);
    }

    static Results ShapeOf(OperatorCall c)
    {
        int[] extents = [.. c.ShapeOf(0)];
        int start = Bound(c.Int("start", 0), extents.Length);
        int end = Bound(c.Int("end", extents.Length), extents.Length);
        return Wholes(extents[start..Math.Max(start, end)].Select(extent => (long)extent));
    }

    static int Bound(int place, int rank) => Math.Clamp(place < 0 ? place + rank : place, 0, rank);

    static Results Reshape(OperatorCall c)
    {
        int[] shape = c.Ints("shape") ?? c.Ints(1);
        Shape from = c.ShapeOf(0);
        if (!c.Flag("allowzero"))
        {
            shape = [.. shape.Select((extent, axis) => extent != 0 ? extent : axis < from.Rank ? from[axis] : throw OperatorCall.Fault($"the shape [{string.Join(", ", shape)}] copies axis {axis}, which the input {from} does not have. Give the extent."))];
        }

        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            long rest = shape.Where((_, axis) => axis != open).Aggregate(1L, (size, extent) => size * extent);
            shape[open] = rest == 0 ? 0 : (int)(from.Size / rest);
        }

        return c.Move(x => x.Reshape(shape));
    }

    static Results Flatten(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int axis = c.Int("axis", 1);
        axis = axis < 0 ? axis + shape.Rank : axis;
        return c.Move(x => x.Reshape(new Shape(shape.Extents[..axis]).Size, new Shape(shape.Extents[axis..]).Size));
    }

    static Results Squeeze(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int[] axes = c.Ints("axes") ?? (c.Has(1) ? c.Ints(1) : [.. Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] == 1)]);
        axes = [.. axes.Select(axis => OperatorCall.Axis(axis, shape.Rank))];
        return Array.Find(axes, axis => shape[axis] != 1) is int wide && axes.Any(axis => shape[axis] != 1)
            ? throw OperatorCall.Fault($"axis {wide} of {shape} has the extent {shape[wide]}, so it cannot be squeezed. Only axes of extent 1 can.")
            : c.Move(x => x.Reshape([.. shape.Where((_, axis) => !axes.Contains(axis))]));
    }

    static Results Unsqueeze(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int[] axes = c.Ints("axes") ?? c.Ints(1);
        int rank = shape.Rank + axes.Length;
        axes = [.. axes.Select(axis => OperatorCall.Axis(axis, rank))];
        var extents = new int[rank];
        int next = 0;
        for (int axis = 0; axis < rank; axis++)
        {
            extents[axis] = axes.Contains(axis) ? 1 : shape[next++];
        }

        return c.Move(x => x.Reshape(extents));
    }

    // Version 1 took a number of tiles and the axis to lay them along.
    static int[] TileOnce(OperatorCall c, Tensor x)
    {
        int axis = c.Int(2);
        int[] counts = [.. Enumerable.Repeat(1, x.Rank)];
        counts[OperatorCall.Axis(axis, x.Rank)] = c.Int(1);
        return counts;
    }

    static Results DepthToSpace(OperatorCall c)
    {
        int b = c.Int("blocksize", 1);
        return c.Move(x =>
        {
            (int n, int ch, int h, int w) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
            Tensor y = c.Text("mode", "DCR") == "DCR" ? x.Reshape(n, b, b, ch / (b * b), h, w).Permute(0, 3, 4, 1, 5, 2) : x.Reshape(n, ch / (b * b), b, b, h, w).Permute(0, 1, 4, 2, 5, 3);
            return y.Reshape(n, ch / (b * b), h * b, w * b);
        });
    }

    static Results SpaceToDepth(OperatorCall c)
    {
        int b = c.Int("blocksize", 1);
        return c.Move(x =>
        {
            (int n, int ch, int h, int w) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
            return x.Reshape(n, ch, h / b, b, w / b, b).Permute(0, 3, 5, 1, 2, 4).Reshape(n, ch * b * b, h / b, w / b);
        });
    }

    static Results ReverseSequence(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        (int batch, int time) = (OperatorCall.Axis(c.Int("batch_axis", 1), shape.Rank), OperatorCall.Axis(c.Int("time_axis", 0), shape.Rank));
        Tensor lengths = c[1].To(DType.Int64).Reshape(-1, 1);
        Tensor t = Tensor.Arange(shape[time]).To(DType.Int64).Reshape(1, -1);
        Tensor places = Tensor.Where(t < lengths, lengths - 1 - t, t);
        places = batch < time ? places : places.T;
        int[] extents = [.. Enumerable.Range(0, shape.Rank).Select(axis => axis == batch || axis == time ? shape[axis] : 1)];
        Tensor index = places.Reshape(extents).BroadcastTo(shape);
        return c.Move(x => x.TakeAlongAxis(index, time));
    }
}
