using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Window;

namespace Ashlar.Onnx.Operators;

/// <summary>Windows reduced to one element.</summary>
static class PoolingOperators
{
    public static Operator[] All { get; } =
    [
        new("MaxPool", 1, MaxPool),
        new("AveragePool", 1, AveragePool),
        new("LpPool", 1, LpPool),
        new("GlobalAveragePool", 1, c => c[0].Mean(Spatial(c[0]), true)),
        new("GlobalMaxPool", 1, c => c[0].Max(Spatial(c[0]), true)),
        new("GlobalLpPool", 1, c => GlobalLp(c[0], c.Opset < 2 ? c.Float("p", 2) : c.Int("p", 2))),
        new("MaxUnpool", 9, MaxUnpool),
        new("MaxRoiPool", 1, MaxRoiPool),
    ];

    static int[] Spatial(Tensor x) => [.. Enumerable.Range(2, x.Rank - 2)];

    static WindowGeometry Geometry(OperatorCall c) => WindowGeometry.Of(c, [.. c[0].Shape.Extents[2..]], c.Ints("kernel_shape")!);

    static Results MaxPool(OperatorCall c)
    {
        Tensor x = c[0];
        WindowGeometry g = Geometry(c);
        if (c.Wants(1))
        {
            return MaxPoolWithPlaces(c, x, g);
        }

        return x.DType.IsFloating || x.DType is DType.Int32 or DType.Int64 ? Pooled(x, g, ReduceKind.Max) : Pooled(x.To(DType.Int32), g, ReduceKind.Max).To(x.DType);
    }

    // Windows with gaps are read as strided pieces, one for each tap, and combined in the taps' order.
    static Tensor Pooled(Tensor x, WindowGeometry g, ReduceKind kind)
    {
        int[] spatial = [.. x.Shape.Extents[2..]];
        if (g.Dilations.All(step => step == 1))
        {
            int[] reached = g.Reached(spatial);
            // What lies behind the last window is cut away where the primitive would find more places otherwise.
            for (int i = 0; i < spatial.Length; i++)
            {
                if (((spatial[i] + g.Low[i] + reached[i] - g.Window[i]) / g.Strides[i]) + 1 == g.Places[i])
                {
                    continue;
                }

                int used = ((g.Places[i] - 1) * g.Strides[i]) + g.Window[i] - g.Low[i];
                x = used < spatial[i] && g.Places[i] > 0 ? x.Slice(i + 2, 0, used) : x;
            }

            return new Tensor(Op.ReduceWindow(x.Node, new WindowAttributes(kind, g.Window, g.Strides, g.Low, reached)));
        }

        double nothing = kind == ReduceKind.Sum ? 0 : x.DType.IsFloating ? double.NegativeInfinity : (double)IntegerInfo.Of(x.DType).Min;
        return Taps(x, g, nothing).Select(tap => tap.Piece).Aggregate(kind == ReduceKind.Sum ? (a, b) => a + b : Tensor.Maximum);
    }

    static IEnumerable<(Tensor Piece, int[] Tap)> Taps(Tensor x, WindowGeometry g, double nothing)
    {
        int n = g.Window.Length;
        int[] reached = g.Reached([.. x.Shape.Extents[2..]]);
        Tensor padded = x.Pad([0, 0, .. g.Low], [0, 0, .. reached], nothing);
        int taps = HostLimits.Parts(new Shape(g.Window).Size, "the window");
        for (int t = 0; t < taps; t++)
        {
            var tap = new int[n];
            int rest = t;
            var indices = new TensorIndex[n + 2];
            (indices[0], indices[1]) = (.., ..);
            for (int i = n - 1; i >= 0; i--)
            {
                (tap[i], rest) = (rest % g.Window[i], rest / g.Window[i]);
                int start = tap[i] * g.Dilations[i];
                indices[i + 2] = TensorIndex.Slice(start, start + ((g.Places[i] - 1) * g.Strides[i]) + 1, g.Strides[i]);
            }

            yield return (padded.Pick(indices), tap);
        }
    }

    static Results MaxPoolWithPlaces(OperatorCall c, Tensor x, WindowGeometry g)
    {
        int n = g.Window.Length;
        int[] spatial = [.. x.Shape.Extents[2..]];
        bool columns = c.Flag("storage_order");
        // The number of an element inside its channel, rows first or columns first.
        var weights = new int[n];
        int weight = 1;
        for (int k = 0; k < n; k++)
        {
            int i = columns ? k : n - 1 - k;
            weights[i] = weight;
            weight *= spatial[i];
        }

        Tensor? best = null;
        Tensor? place = null;
        Tensor wide = x.DType.IsFloating ? x : x.To(DType.Int32);
        foreach ((Tensor piece, int[] tap) in Taps(wide, g, wide.DType.IsFloating ? double.NegativeInfinity : int.MinValue))
        {
            Tensor number = Tensor.Scalar(0, DType.Int64);
            for (int i = 0; i < n; i++)
            {
                Tensor at = ((Tensor.Arange(g.Places[i]).To(DType.Int64) * g.Strides[i]) + ((tap[i] * g.Dilations[i]) - g.Low[i])) * weights[i];
                number += at.Reshape([-1, .. WindowGeometry.Ones(n - 1 - i)]);
            }

            number = number.BroadcastTo(piece.Shape);
            (best, place) = best is null ? (piece, number) : (Tensor.Maximum(best, piece), Tensor.Where(piece > best, number, place!));
        }

        Tensor channel = Tensor.Arange(x.Shape[0] * x.Shape[1]).To(DType.Int64).Reshape([x.Shape[0], x.Shape[1], .. WindowGeometry.Ones(n)]) * (long)weight;
        return (best!.To(x.DType), place! + channel);
    }

    static Results AveragePool(OperatorCall c)
    {
        Tensor x = c[0];
        WindowGeometry g = Geometry(c);
        Tensor wide = x.DType.IsHalf ? x.To(DType.Float32) : x;
        bool padding = c.Flag("count_include_pad");
        // How many elements a window holds is a product over the axes.
        Tensor count = Tensor.Scalar(1, wide.DType);
        for (int i = 0; i < g.Window.Length; i++)
        {
            int extent = x.Shape[i + 2];
            HostLimits.Elements((long)g.Places[i] * g.Window[i], "the windows");
            var along = new double[g.Places[i]];
            for (int place = 0; place < along.Length; place++)
            {
                along[place] = Enumerable.Range(0, g.Window[i]).Select(tap => (place * g.Strides[i]) - g.Low[i] + (tap * g.Dilations[i]))
                    .Count(at => padding ? at >= -g.Low[i] && at < extent + g.High[i] : at >= 0 && at < extent);
            }

            count *= Tensor.From(along, [along.Length, .. WindowGeometry.Ones(g.Window.Length - 1 - i)]).To(wide.DType);
        }

        return (Pooled(wide, g, ReduceKind.Sum) / count).To(x.DType);
    }

    static Results LpPool(OperatorCall c)
    {
        double p = c.Opset < 2 ? c.Float("p", 2) : c.Int("p", 2);
        return ActivationOperators.Wide(c, x => Root(Pooled(Power(x.Abs(), p), Geometry(c), ReduceKind.Sum), p));
    }

    static Tensor GlobalLp(Tensor x, double p) => Root(Power(x.Abs(), p).Sum(Spatial(x), true), p);

    static Tensor Power(Tensor x, double p) => p == 1 ? x : p == 2 ? x * x : x.Pow(p);

    static Tensor Root(Tensor x, double p) => p == 1 ? x : p == 2 ? x.Sqrt() : x.Pow(1 / p);

    static Results MaxUnpool(OperatorCall c)
    {
        (Tensor x, Tensor places) = (c[0], c[1].To(DType.Int64));
        int[] window = c.Ints("kernel_shape")!;
        int n = window.Length;
        int[] strides = c.Ints("strides") ?? WindowGeometry.Ones(n);
        int[] pads = c.Ints("pads") ?? new int[2 * n];
        int[] extents = [x.Shape[0], x.Shape[1], .. Enumerable.Range(0, n).Select(i => ((x.Shape[i + 2] - 1) * strides[i]) + window[i] - pads[i] - pads[i + n])];
        var shape = new Shape(extents);
        Tensor y = Tensor.Zeros(new Shape(shape.Size), x.DType).PutAlongAxis(places.Reshape(places.Size), x.Reshape(x.Size), 0).Reshape(extents);
        if (!c.Has(2))
        {
            return y;
        }

        // The places count in the shape that the pooling had; what the asked shape has more is zeros behind.
        int[] wanted = c.Ints(2);
        return y.Pad(new int[n + 2], [.. wanted.Select((extent, axis) => Math.Max(0, extent - extents[axis]))]);
    }

    static Results MaxRoiPool(OperatorCall c)
    {
        Tensor x = c[0];
        int[] pooled = c.Ints("pooled_shape")!;
        double scale = c.Float("spatial_scale", 1);
        float[] rois = c[1].To(DType.Float32).ToArray<float>();
        HostLimits.Parts((long)pooled[0] * pooled[1] * c[1].Shape[0], "the cells");
        var outputs = new List<Tensor>();
        for (int r = 0; r < c[1].Shape[0]; r++)
        {
            int[] corner = [.. Enumerable.Range(1, 4).Select(k => (int)Math.Floor((rois[(r * 5) + k] * scale) + 0.5))];
            Tensor image = x.Slice(0, (int)rois[r * 5], 1);
            (int height, int width) = (Math.Max(1, corner[3] - corner[1] + 1), Math.Max(1, corner[2] - corner[0] + 1));
            Tensor[] cells = [.. from i in Enumerable.Range(0, pooled[0])
                                 from j in Enumerable.Range(0, pooled[1])
                                 select Largest(image, Range(i, pooled[0], height, corner[1], x.Shape[2]), Range(j, pooled[1], width, corner[0], x.Shape[3]))];
            outputs.Add(Tensor.Stack(cells, -1).Reshape(1, x.Shape[1], pooled[0], pooled[1]));
        }

        return outputs.Count == 0 ? Tensor.Zeros(new Shape(0, x.Shape[1], pooled[0], pooled[1]), x.DType) : Tensor.Concat([.. outputs], 0);
    }

    static (int Start, int End) Range(int place, int places, int extent, int corner, int limit)
    {
        double size = (double)extent / places;
        return (Math.Clamp((int)Math.Floor(place * size) + corner, 0, limit), Math.Clamp((int)Math.Ceiling((place + 1) * size) + corner, 0, limit));
    }

    static Tensor Largest(Tensor image, (int Start, int End) rows, (int Start, int End) columns) => rows.End <= rows.Start || columns.End <= columns.Start
        ? Tensor.Zeros(new Shape(1, image.Shape[1]), image.DType)
        : image.Slice(2, rows.Start, rows.End - rows.Start).Slice(3, columns.Start, columns.End - columns.Start).Max([2, 3]);
}
