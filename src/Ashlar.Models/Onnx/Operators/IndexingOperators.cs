using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Elements picked, put, found and ordered.</summary>
static class IndexingOperators
{
    public static Operator[] All { get; } =
    [
        new("Gather", 1, c => c.Move(x => x.Take(Wrapped(c[1], x.Shape[OperatorCall.Axis(c.Int("axis", 0), x.Rank)]), OperatorCall.Axis(c.Int("axis", 0), x.Rank)))),
        new("GatherElements", 11, c => c.Move(x => GatherElements(x, c[1], OperatorCall.Axis(c.Int("axis", 0), x.Rank)))),
        new("GatherND", 11, c => c.Move(x => GatherNd(x, c[1].To(DType.Int64), c.Int("batch_dims", 0)))),
        new("Scatter", 9, ScatterElements),
        new("ScatterElements", 11, ScatterElements),
        new("ScatterND", 11, ScatterNd),
        new("TensorScatter", 24, TensorScatter),
        new("OneHot", 9, OneHot),
        new("Compress", 9, Compress) { IsSizedByValues = true },
        new("NonZero", 9, c => Tensor.Stack(c[0].Rank == 0 ? c[0].Reshape(1).Nonzero() : c[0].Nonzero()).To(DType.Int64)) { IsSizedByValues = true },
        new("TopK", 1, TopK),
        new("Unique", 11, Unique) { IsSizedByValues = true },
    ];

    static Tensor Wrapped(Tensor index, int extent)
    {
        Tensor wide = index.To(DType.Int64);
        return Tensor.Where(wide < 0, wide + extent, wide);
    }

    // Along the other axes the index may be shorter than the data.
    static Tensor GatherElements(Tensor x, Tensor index, int axis)
    {
        for (int k = 0; k < x.Rank; k++)
        {
            x = k != axis && index.Shape[k] < x.Shape[k] ? x.Slice(k, 0, index.Shape[k]) : x;
        }

        return x.TakeAlongAxis(Wrapped(index, x.Shape[axis]), axis);
    }

    static Tensor GatherNd(Tensor x, Tensor indices, int batch)
    {
        int depth = indices.Shape[^1];
        Tensor flat = FlatPlaces(indices, x.Shape, batch, depth);
        int[] rest = [.. x.Shape.Extents[(batch + depth)..]];
        Tensor rows = x.Reshape([new Shape(x.Shape.Extents[..(batch + depth)]).Size, .. rest]);
        return rows.Take(flat.Reshape(flat.Size), 0).Reshape([.. flat.Shape, .. rest]);
    }

    // The number of the row that each index tuple names, the first batch axes counted along.
    static Tensor FlatPlaces(Tensor indices, Shape shape, int batch, int depth)
    {
        int[] outer = [.. indices.Shape.Extents[..^1]];
        Tensor flat = Tensor.Zeros(new Shape(outer), DType.Int64);
        for (int axis = 0; axis < batch; axis++)
        {
            int[] along = [.. Enumerable.Repeat(1, outer.Length)];
            along[axis] = shape[axis];
            flat = (flat * shape[axis]) + Tensor.Arange(shape[axis]).To(DType.Int64).Reshape(along);
        }

        for (int k = 0; k < depth; k++)
        {
            flat = (flat * shape[batch + k]) + Wrapped(indices.Slice(indices.Rank - 1, k, 1).Reshape(outer), shape[batch + k]);
        }

        return flat;
    }

    static Results ScatterElements(OperatorCall c)
    {
        Shape x = c.ShapeOf(0);
        int axis = OperatorCall.Axis(c.Int("axis", 0), x.Rank);
        Tensor index = Wrapped(c[1], x[axis]);
        // Elements outside the index's extents along other axes stay: positions are named by flat places.
        Shape shape = index.Shape;
        Tensor flat = Tensor.Zeros(shape, DType.Int64);
        for (int k = 0; k < x.Rank; k++)
        {
            int[] along = [.. Enumerable.Repeat(1, x.Rank)];
            along[k] = shape[k];
            flat = (flat * x[k]) + (k == axis ? index : Tensor.Arange(shape[k]).To(DType.Int64).Reshape(along));
        }

        return Scatter(c, flat);
    }

    static Results ScatterNd(OperatorCall c)
    {
        Shape x = c.ShapeOf(0);
        Tensor indices = c[1].To(DType.Int64);
        if (indices.Size == 0)
        {
            return c.Value(0);
        }

        int depth = indices.Shape[^1];
        Tensor places = FlatPlaces(indices, x, 0, depth);
        int row = new Shape(x.Extents[depth..]).Size;
        return Scatter(c, (places.Reshape(-1, 1) * row) + Tensor.Arange(row).To(DType.Int64).Reshape(1, -1));
    }

    // Places are numbers of elements in row-major order.
    static Results Scatter(OperatorCall c, Tensor places)
    {
        var kind = c.Text("reduction", "none") switch
        {
            "none" => Primitives.Index.ScatterKind.Set,
            "add" => Primitives.Index.ScatterKind.Add,
            "mul" => Primitives.Index.ScatterKind.Multiply,
            "max" => Primitives.Index.ScatterKind.Max,
            "min" => Primitives.Index.ScatterKind.Min,
            string other => throw OperatorCall.Fault($"the reduction '{other}' is unknown. Reductions are none, add, mul, max and min."),
        };
        if (places.Size == 0)
        {
            return c.Value(0);
        }

        Tensor Put(Tensor x, Tensor updates) => x.Reshape(x.Size).PutAlongAxis(places.Reshape(places.Size), updates.Reshape(updates.Size), 0, kind).Reshape(x.Shape.Extents);
        if (c.Value(0) is OnnxStrings old)
        {
            string[] all = [.. old.Items, .. c.Strings(2).Items];
            Tensor moved = Put(Tensor.Arange(old.Items.Count).Reshape(old.Shape.Extents), Tensor.Arange(all.Length - old.Items.Count) + old.Items.Count);
            return new OnnxStrings(old.Shape, [.. moved.To(DType.Int64).ToArray<long>().Select(place => all[place])]);
        }

        return c[0].DType == DType.Bool ? Put(c[0].To(DType.UInt8), c[2].To(DType.UInt8)).To(DType.Bool) : c.Like(Put(c[0], c[2]));
    }

    static Results TensorScatter(OperatorCall c)
    {
        (Tensor cache, Tensor update) = (c[0], c[1]);
        int axis = OperatorCall.Axis(c.Int("axis", -2), cache.Rank);
        int batch = cache.Shape[0];
        Tensor start = c.Maybe(2)?.To(DType.Int64) ?? Tensor.Zeros(new Shape(batch), DType.Int64);
        int[] first = [batch, .. Enumerable.Repeat(1, cache.Rank - 1)];
        int[] along = [.. Enumerable.Repeat(1, cache.Rank)];
        along[axis] = update.Shape[axis];
        Tensor index = start.Reshape(first) + Tensor.Arange(update.Shape[axis]).To(DType.Int64).Reshape(along);
        index = c.Text("mode", "linear") == "circular" ? Tensor.Remainder(index, cache.Shape[axis]) : index;
        return c.Like(cache.PutAlongAxis(index.BroadcastTo(update.Shape), update, axis));
    }

    static Results OneHot(OperatorCall c)
    {
        int depth = (int)c.Number(1);
        Tensor indices = c[0].To(DType.Int64);
        int axis = OperatorCall.Axis(c.Int("axis", -1), indices.Rank + 1);
        int[] along = [.. Enumerable.Repeat(1, indices.Rank + 1)];
        along[axis] = depth;
        // Version 9 took no places from behind.
        Tensor wrapped = (c.Opset < 11 ? indices : Tensor.Where(indices < 0, indices + depth, indices)).Unsqueeze(axis);
        Tensor hit = wrapped.EqualTo(Tensor.Arange(depth).To(DType.Int64).Reshape(along));
        return c.Value(2) is OnnxStrings texts ? new OnnxStrings(hit.Shape, [.. hit.ToArray<bool>().Select(on => texts.Items[on ? 1 : 0])])
            : c.Like(Tensor.Where(hit, c[2].Slice(0, 1, 1).Reshape([]), c[2].Slice(0, 0, 1).Reshape([])), 2);
    }

    static Results Compress(OperatorCall c)
    {
        bool[] condition = c[1].ToArray<bool>();
        int[] places = [.. Enumerable.Range(0, condition.Length).Where(i => condition[i])];
        Tensor index = Tensor.From(places, places.Length);
        return c.Attributes.Has("axis") ? c.Move(x => x.Take(index, OperatorCall.Axis(c.Int("axis", 0), x.Rank))) : c.Move(x => x.Reshape(x.Size).Take(index, 0));
    }

    static Results TopK(OperatorCall c)
    {
        Tensor x = c[0];
        int axis = OperatorCall.Axis(c.Int("axis", -1), x.Rank);
        int k = c.Opset < 10 ? c.Int("k", 1) : c.Int(1);
        (Tensor values, Tensor indices) = x.TopK(k, axis, c.Flag("largest", true));
        return (values, indices.To(DType.Int64));
    }

    static Results Unique(OperatorCall c)
    {
        if (c.Value(0) is not OnnxStrings text)
        {
            (Tensor values, Tensor[] places) = Unique(c, c[0]);
            return new Results([c.Like(values), .. places]);
        }

        // Text is ranked, its ranks are made unique.
        string[] sorted = [.. text.Items.Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> ranks = sorted.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        (Tensor found, Tensor[] rest) = Unique(c, Tensor.From(text.Items.Select(item => ranks[item]).ToArray(), text.Shape.Extents));
        return new Results([new OnnxStrings(found.Shape, [.. found.To(DType.Int64).ToArray<long>().Select(rank => sorted[rank])]), .. rest]);
    }

    static (Tensor Values, Tensor[] Places) Unique(OperatorCall c, Tensor x)
    {
        (Tensor values, Tensor indices, Tensor inverse, Tensor counts) = c.Attributes.Has("axis") ? x.UniqueAll(OperatorCall.Axis(c.Int("axis", 0), x.Rank)) : x.Reshape(x.Size).UniqueAll();
        int axis = c.Attributes.Has("axis") ? OperatorCall.Axis(c.Int("axis", 0), x.Rank) : 0;
        inverse = inverse.Reshape(inverse.Size);
        if (!c.Flag("sorted", true))
        {
            // In order of first appearance.
            Tensor order = indices.ArgSort();
            Tensor rank = order.ArgSort();
            (values, indices, counts, inverse) = (values.Take(order, axis), indices.Take(order, 0), counts.Take(order, 0), rank.Take(inverse, 0));
        }

        return (values, [indices.To(DType.Int64), inverse.To(DType.Int64), counts.To(DType.Int64)]);
    }
}
