using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Values joined, split, cut and padded.</summary>
static class JoinOperators
{
    // Above it a double does not tell all integers apart.
    const double LargestExact = 1L << 53;

    public static Operator[] All { get; } =
    [
        new("Concat", 1, c => Concat(c, [.. Enumerable.Range(0, c.Inputs).Select(c.Value)], c.Int("axis", 1))),
        new("Split", 1, Split),
        new("Slice", 1, Slice),
        new("Pad", 1, Pad),
        new("CenterCropPad", 18, CenterCropPad),
    ];

    /// <summary>Values of one kind, one after the other along an axis.</summary>
    internal static OnnxValue Concat(OperatorCall c, IReadOnlyList<OnnxValue> parts, int axis)
    {
        if (parts[0] is OnnxStrings)
        {
            string[] all = [.. parts.Cast<OnnxStrings>().SelectMany(part => part.Items)];
            int start = 0;
            Tensor[] places = [.. parts.Cast<OnnxStrings>().Select(part =>
            {
                Tensor numbers = (Tensor.Arange(part.Items.Count) + start).Reshape(part.Shape.Extents);
                start += part.Items.Count;
                return numbers;
            })];
            Tensor joined = Tensor.Concat(places, axis);
            return new OnnxStrings(joined.Shape, [.. joined.To(DType.Int64).ToArray<long>().Select(place => all[(int)place])]);
        }

        OnnxTensor[] tensors = [.. parts.Select(part => part as OnnxTensor ?? throw OperatorCall.Fault($"the parts are {string.Join(", ", parts)}, wanted tensors of one type. Convert them before."))];
        return new OnnxTensor(Tensor.Concat([.. tensors.Select(tensor => tensor.Tensor)], axis), tensors[0].Type);
    }

    static Results Split(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int axis = OperatorCall.Axis(c.Int("axis", 0), shape.Rank);
        int[] extents = c.Ints("split") ?? (c.Has(1) ? c.Ints(1) : Even(shape[axis], HostLimits.Parts(c.Int("num_outputs", c.Outputs), "the parts")));
        var parts = new OnnxValue?[extents.Length];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            (int from, int count) = (start, extents[i]);
            parts[i] = c.Move(x => x.Slice(axis, from, count));
            start += count;
        }

        return parts;
    }

    /// <summary>Extents of equal parts, the last one smaller where they do not divide.</summary>
    internal static int[] Even(int extent, int parts)
    {
        int count = (extent + parts - 1) / parts;
        return [.. Enumerable.Range(0, parts).Select(i => Math.Max(0, Math.Min(count, extent - (i * count))))];
    }

    static Results Slice(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        bool old = c.Opset < 10;
        long[] starts = old ? c.Attributes.Ints("starts")! : c.Longs(1);
        long[] ends = old ? c.Attributes.Ints("ends")! : c.Longs(2);
        int[] axes = (old ? c.Ints("axes") : c.Has(3) ? c.Ints(3) : null) ?? [.. Enumerable.Range(0, starts.Length)];
        long[] steps = !old && c.Has(4) ? c.Longs(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        var indices = new TensorIndex[shape.Rank];
        indices.AsSpan().Fill(..);
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = OperatorCall.Axis(axes[i], shape.Rank);
            int extent = shape[axis];
            int step = (int)Math.Clamp(steps[i], -int.MaxValue, int.MaxValue);
            // A walk backwards ends before position 0 where the end lies before it.
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + extent : starts[i], 0, step < 0 ? Math.Max(0, extent - 1) : extent);
            long end = Math.Clamp(ends[i] < 0 ? ends[i] + extent : ends[i], step < 0 ? -1 : 0, extent);
            indices[axis] = extent == 0 ? .. : step > 0 && end <= start ? TensorIndex.Slice(0, 0) : step < 0 && end >= start ? TensorIndex.Slice(0, 0) : TensorIndex.Slice((int)start, end < 0 ? null : (int)end, step);
        }

        return c.Move(x => shape.Rank == 0 ? x : x.Pick(indices));
    }

    static Results Pad(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int[] pads = c.Opset < 2 ? c.Ints("paddings")! : c.Opset < 11 ? c.Ints("pads")! : c.Ints(1);
        int[] axes = c.Has(3) ? [.. c.Ints(3).Select(axis => OperatorCall.Axis(axis, shape.Rank))] : [.. Enumerable.Range(0, shape.Rank)];
        int[] low = new int[shape.Rank];
        int[] high = new int[shape.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            low[axes[i]] = pads[i];
            high[axes[i]] = pads[i + axes.Length];
        }

        string mode = c.Text("mode", "constant");
        if (c.Value(0) is OnnxStrings text && mode == "constant")
        {
            // Place 0 is the text that fills.
            string[] items = [c.Has(2) ? c.Strings(2).Items[0] : "", .. text.Items];
            Tensor places = Pad(c, (Tensor.Arange(text.Items.Count) + 1).Reshape(text.Shape.Extents), low, high, mode);
            return new OnnxStrings(places.Shape, [.. places.To(DType.Int64).ToArray<long>().Select(place => items[place])]);
        }

        return c.Move(x => Pad(c, x, low, high, mode));
    }

    static Tensor Pad(OperatorCall c, Tensor x, int[] low, int[] high, string mode)
    {
        // Negative pads cut.
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if (low[axis] < 0 || high[axis] < 0)
            {
                (int cutLow, int cutHigh) = (Math.Max(0, -low[axis]), Math.Max(0, -high[axis]));
                x = x.Slice(axis, cutLow, Math.Max(0, x.Shape[axis] - cutLow - cutHigh));
            }
        }

        int[] before = [.. low.Select(count => Math.Max(0, count))];
        int[] after = [.. high.Select(count => Math.Max(0, count))];
        if (mode != "constant")
        {
            return x.Pad(before, after, mode switch { "reflect" => PadMode.Reflect, "edge" => PadMode.Replicate, "wrap" => PadMode.Circular, _ => throw OperatorCall.Fault($"the mode '{mode}' is unknown. Modes are constant, reflect, edge and wrap.") });
        }

        double value = c.Opset < 11 ? c.Float("value", 0) : c.Has(2) && c.Value(2) is OnnxTensor ? c.Number(2) : 0;
        if (x.DType.IsInteger && Math.Abs(value) > LargestExact)
        {
            Tensor inside = Tensor.Ones(x.Shape, DType.UInt8).Pad(before, after).To(DType.Bool);
            return Tensor.Where(inside, x.Pad(before, after), c[2].Reshape([]));
        }

        return x.DType == DType.Bool ? x.To(DType.UInt8).Pad(before, after, value).To(DType.Bool) : x.Pad(before, after, value);
    }

    static Results CenterCropPad(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int[] wanted = c.Ints(1);
        int[] axes = c.Ints("axes") ?? [.. Enumerable.Range(0, shape.Rank)];
        return c.Move(x =>
        {
            for (int i = 0; i < axes.Length; i++)
            {
                int axis = OperatorCall.Axis(axes[i], shape.Rank);
                int extra = wanted[i] - x.Shape[axis];
                if (extra < 0)
                {
                    x = x.Slice(axis, -extra / 2, wanted[i]);
                }
                else if (extra > 0)
                {
                    var low = new int[x.Rank];
                    var high = new int[x.Rank];
                    (low[axis], high[axis]) = (extra / 2, extra - (extra / 2));
                    x = x.Pad(low, high);
                }
            }

            return x;
        });
    }
}
