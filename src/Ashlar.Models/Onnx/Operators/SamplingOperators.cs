namespace Ashlar.Onnx.Operators;

/// <summary>Elements read between the places of a grid, and boxes.</summary>
static class SamplingOperators
{
    public static Operator[] All { get; } =
    [
        new("GridSample", 16, GridSample),
        new("AffineGrid", 20, AffineGrid),
        new("RoiAlign", 10, RoiAlign) { IsSizedByValues = true },
        new("NonMaxSuppression", 10, NonMaxSuppression) { IsSizedByValues = true },
    ];

    /// <summary>x at fractional rows and columns, zeros outside.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="row">[N, P].</param>
    /// <param name="column">[N, P].</param>
    /// <returns>[N, C, P].</returns>
    internal static Tensor Bilinear(Tensor x, Tensor row, Tensor column) => Linear(x, [row, column], Zeros);

    static Tensor Zeros(Tensor index, int axis) => index;

    static Results GridSample(OperatorCall c)
    {
        // Half floats and whole numbers are computed in float32 and rounded once.
        DType type = c[0].DType;
        Tensor x = type.IsFloating && !type.IsHalf ? c[0] : c[0].To(DType.Float32);
        int n = x.Rank - 2;
        bool corners = c.Flag("align_corners");
        string padding = c.Text("padding_mode", "zeros");
        Tensor grid = c[1].To(x.DType);
        int[] places = [.. grid.Shape.Extents[1..^1]];
        Tensor flat = grid.Reshape(grid.Shape[0], new Shape(places).Size, n);
        // The innermost axis comes first in the grid.
        Tensor[] at = [.. Enumerable.Range(0, n).Select(i => Denormal(flat.Slice(2, n - 1 - i, 1).Squeeze(2), x.Shape[i + 2], corners))];
        Tensor Inside(Tensor index, int axis) => padding switch
        {
            "border" => index.Clip(0.0, x.Shape[axis + 2] - 1.0),
            "reflection" => Reflect(index, x.Shape[axis + 2], corners),
            _ => index,
        };
        string mode = c.Text("mode", "linear");
        Tensor read = mode switch
        {
            "nearest" => Read(x, [.. at.Select((coordinate, axis) => Inside(coordinate.Round(), axis).Round())], Inside),
            "cubic" or "bicubic" => Cubic(x, at, Inside),
            _ => Linear(x, [.. at.Select(Inside)], Inside),
        };
        return read.Reshape([x.Shape[0], x.Shape[1], .. places]).To(type);
    }

    static Tensor Denormal(Tensor x, int extent, bool corners) => corners ? (x + 1.0) * ((extent - 1) / 2.0) : (((x + 1.0) * (double)extent) - 1.0) / 2.0;

    // There and back between the borders, like light between mirrors.
    static Tensor Reflect(Tensor x, int extent, bool corners)
    {
        double low = corners ? 0 : -0.5;
        double range = corners ? extent - 1 : extent;
        if (range == 0)
        {
            return Tensor.ZerosLike(x);
        }

        Tensor t = Tensor.Remainder(x - low, 2 * range);
        return (Tensor.Minimum(t, (2 * range) - t) + low).Clip(0.0, extent - 1.0);
    }

    static Tensor Linear(Tensor x, Tensor[] at, Func<Tensor, int, Tensor> inside)
    {
        int n = at.Length;
        Tensor[] low = [.. at.Select(coordinate => coordinate.Floor())];
        Tensor[] part = [.. at.Select((coordinate, axis) => coordinate - low[axis])];
        Tensor? sum = null;
        for (int corner = 0; corner < HostLimits.Parts(1L << n, "the corners around a place"); corner++)
        {
            var places = new Tensor[n];
            Tensor? weight = null;
            for (int axis = 0; axis < n; axis++)
            {
                bool high = ((corner >> (n - 1 - axis)) & 1) == 1;
                places[axis] = high ? low[axis] + 1.0 : low[axis];
                Tensor w = high ? part[axis] : 1.0 - part[axis];
                weight = weight is null ? w : weight * w;
            }

            Tensor term = Read(x, places, inside) * weight!.Unsqueeze(1);
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }

    static Tensor Cubic(Tensor x, Tensor[] at, Func<Tensor, int, Tensor> inside)
    {
        const double A = -0.75;
        Tensor[] low = [.. at.Select(coordinate => coordinate.Floor())];
        Tensor[][] weights = [.. at.Select((coordinate, axis) =>
        {
            Tensor r = coordinate - low[axis];
            return (Tensor[])[Outer(r + 1.0), Inner(r), Inner(1.0 - r), Outer(2.0 - r)];
        })];
        Tensor Inner(Tensor r) => ((((r * (A + 2)) - (A + 3)) * r) * r) + 1.0;
        Tensor Outer(Tensor r) => ((((r * A) - (5 * A)) * r) + (8 * A)) * r - (4 * A);
        Tensor? sum = null;
        for (int tap = 0; tap < HostLimits.Parts(1L << (2 * at.Length), "the elements around a place"); tap++)
        {
            int[] step = [.. Enumerable.Range(0, at.Length).Select(axis => (tap >> (2 * (at.Length - 1 - axis))) & 3)];
            Tensor weight = step.Select((k, axis) => weights[axis][k]).Aggregate((a, b) => a * b);
            Tensor term = Read(x, [.. step.Select((k, axis) => low[axis] + (k - 1.0))], inside) * weight.Unsqueeze(1);
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }

    // x at whole places given as floats; what still lies outside gives 0.
    static Tensor Read(Tensor x, Tensor[] places, Func<Tensor, int, Tensor> inside)
    {
        Tensor? there = null;
        Tensor? flat = null;
        for (int axis = 0; axis < places.Length; axis++)
        {
            int extent = x.Shape[axis + 2];
            Tensor place = inside(places[axis], axis);
            Tensor ok = (place >= 0.0) & (place <= extent - 1.0);
            Tensor index = Tensor.Where(ok, place, Tensor.ZerosLike(place)).To(DType.Int64);
            (there, flat) = (there is null ? ok : there & ok, flat is null ? index : (flat * extent) + index);
        }

        Shape wanted = new(x.Shape[0], x.Shape[1], flat!.Shape[1]);
        Tensor read = x.Reshape(x.Shape[0], x.Shape[1], new Shape(x.Shape.Extents[2..]).Size).TakeAlongAxis(flat.Unsqueeze(1).BroadcastTo(wanted), 2);
        return Tensor.Where(there!.Unsqueeze(1), read, Tensor.ZerosLike(read));
    }

    static Results AffineGrid(OperatorCall c)
    {
        Tensor theta = c[0];
        int[] size = c.Ints(1);
        int n = size.Length - 2;
        bool corners = c.Flag("align_corners");
        int[] extents = size[2..];
        var places = new Shape(extents);
        var columns = new List<Tensor>();
        for (int i = n - 1; i >= 0; i--)
        {
            int extent = extents[i];
            Tensor steps = Tensor.Arange(extent).To(theta.DType);
            Tensor line = !corners ? ((steps * 2.0) + 1.0) / (double)extent - 1.0 : extent == 1 ? steps - 1.0 : (steps * (2.0 / (extent - 1))) - 1.0;
            columns.Add(line.Reshape([extent, .. WindowGeometry.Ones(n - 1 - i)]).BroadcastTo(places));
        }

        columns.Add(Tensor.Ones(places, theta.DType));
        Tensor grid = Tensor.Stack([.. columns], n).Reshape(places.Size, n + 1);
        return grid.MatMul(theta.MatrixTranspose()).Reshape([size[0], .. extents, n]);
    }

    // Where boxes lie decides how many places are read, so boxes are read on the host; the places are picked by the graph.
    static Results RoiAlign(OperatorCall c)
    {
        Tensor x = c[0];
        double[] rois = c[1].To(DType.Float64).ToArray<double>();
        int[] batch = c.Ints(2);
        (int height, int width) = (c.Int("output_height", 1), c.Int("output_width", 1));
        (double scale, int ratio) = (c.Float("spatial_scale", 1), c.Int("sampling_ratio", 0));
        bool half = c.Opset >= 16 && c.Text("coordinate_transformation_mode", "half_pixel") == "half_pixel";
        bool largest = c.Text("mode", "avg") == "max";
        var outputs = new List<Tensor>();
        for (int r = 0; r < batch.Length; r++)
        {
            double[] box = [.. Enumerable.Range(0, 4).Select(k => (rois[(r * 4) + k] * scale) - (half ? 0.5 : 0))];
            (double roiWidth, double roiHeight) = (box[2] - box[0], box[3] - box[1]);
            (roiWidth, roiHeight) = half ? (roiWidth, roiHeight) : (Math.Max(roiWidth, 1), Math.Max(roiHeight, 1));
            int rows = ratio > 0 ? ratio : (int)Math.Ceiling(roiHeight / height);
            int columns = ratio > 0 ? ratio : (int)Math.Ceiling(roiWidth / width);
            (int Low, int High, double Part)?[] ys = Steps(box[1], roiHeight / height, height, rows, x.Shape[2]);
            (int Low, int High, double Part)?[] xs = Steps(box[0], roiWidth / width, width, columns, x.Shape[3]);
            Tensor image = x.Slice(0, batch[r], 1).Squeeze(0);
            Tensor[] corners = [.. from corner in Enumerable.Range(0, 4) select Corner(image, ys, xs, corner >= 2, corner % 2 == 1)];
            Tensor read = largest ? corners.Aggregate(Tensor.Maximum) : corners.Aggregate((a, b) => a + b);
            Tensor cells = read.Reshape(x.Shape[1], height, rows, width, columns);
            outputs.Add(largest ? cells.Max([2, 4]) : cells.Sum([2, 4]) / (double)Math.Max(1, rows * columns));
        }

        return outputs.Count == 0 ? Tensor.Zeros(new Shape(0, x.Shape[1], height, width), x.DType) : Tensor.Stack([.. outputs], 0);
    }

    static (int Low, int High, double Part)?[] Steps(double start, double bin, int bins, int samples, int extent)
    {
        var steps = new (int, int, double)?[HostLimits.Elements((long)bins * samples, "the samples of a box")];
        for (int i = 0; i < steps.Length; i++)
        {
            double at = start + (i / samples * bin) + (((i % samples) + 0.5) * bin / samples);
            if (at < -1 || at > extent)
            {
                continue;
            }

            at = Math.Max(at, 0);
            int low = Math.Min((int)at, extent - 1);
            steps[i] = low == extent - 1 ? (low, low, 0) : (low, low + 1, at - low);
        }

        return steps;
    }

    static Tensor Corner(Tensor image, (int Low, int High, double Part)?[] ys, (int Low, int High, double Part)?[] xs, bool below, bool right)
    {
        Tensor rows = image.Take(Tensor.From(ys.Select(y => y is { } p ? below ? p.High : p.Low : 0).ToArray(), ys.Length), 1);
        Tensor cells = rows.Take(Tensor.From(xs.Select(x => x is { } p ? right ? p.High : p.Low : 0).ToArray(), xs.Length), 2);
        Tensor vertical = Tensor.From(ys.Select(y => y is { } p ? below ? p.Part : 1 - p.Part : 0).ToArray(), ys.Length, 1).To(image.DType);
        Tensor horizontal = Tensor.From(xs.Select(x => x is { } p ? right ? p.Part : 1 - p.Part : 0).ToArray(), xs.Length).To(image.DType);
        return cells * (vertical * horizontal);
    }

    // Greedy by score; which boxes stay depends on the values, so it runs on the host.
    static Results NonMaxSuppression(OperatorCall c)
    {
        float[] boxes = c[0].ToArray<float>();
        float[] scores = c[1].ToArray<float>();
        (int batches, int classes, int count) = (c[1].Shape[0], c[1].Shape[1], c[1].Shape[2]);
        long most = c.Has(2) ? c.Longs(2)[0] : 0;
        float overlap = c.Has(3) ? (float)c.Number(3) : 0;
        float least = c.Has(4) ? (float)c.Number(4) : float.NegativeInfinity;
        bool centred = c.Flag("center_point_box");
        var kept = new List<long>();
        for (int b = 0; b < batches; b++)
        {
            for (int k = 0; k < classes; k++)
            {
                int row = ((b * classes) + k) * count;
                var chosen = new List<int>();
                foreach (int i in Enumerable.Range(0, count).Where(i => !c.Has(4) || scores[row + i] > least).OrderByDescending(i => scores[row + i]))
                {
                    if (chosen.Count >= most)
                    {
                        break;
                    }

                    if (chosen.TrueForAll(j => Overlap(boxes.AsSpan(((b * count) + i) * 4, 4), boxes.AsSpan(((b * count) + j) * 4, 4), centred) <= overlap))
                    {
                        chosen.Add(i);
                        kept.AddRange([b, k, i]);
                    }
                }
            }
        }

        return Tensor.From<long>(kept.ToArray(), kept.Count / 3, 3);
    }

    static float Overlap(ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool centred)
    {
        (float y1, float x1, float y2, float x2) = Corners(a, centred);
        (float v1, float u1, float v2, float u2) = Corners(b, centred);
        float shared = Math.Max(0, Math.Min(y2, v2) - Math.Max(y1, v1)) * Math.Max(0, Math.Min(x2, u2) - Math.Max(x1, u1));
        float all = ((y2 - y1) * (x2 - x1)) + ((v2 - v1) * (u2 - u1)) - shared;
        return shared <= 0 || all <= 0 ? 0 : shared / all;
    }

    static (float Y1, float X1, float Y2, float X2) Corners(ReadOnlySpan<float> box, bool centred) => centred
        ? (box[1] - (box[3] / 2), box[0] - (box[2] / 2), box[1] + (box[3] / 2), box[0] + (box[2] / 2))
        : (Math.Min(box[0], box[2]), Math.Min(box[1], box[3]), Math.Max(box[0], box[2]), Math.Max(box[1], box[3]));
}
