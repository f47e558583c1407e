using Ashlar.Primitives;
using Ashlar.Primitives.Contract;

namespace Ashlar.Onnx.Operators;

/// <summary>Convolutions and their relatives.</summary>
static class ConvolutionOperators
{
    // Numbers of float32 in the widest register.
    const int FewPlaces = 16;

    // Larger weights are left where they lie, once.
    const long MostLaidBytes = 4 << 20;

    // Products that the numerics law adds up in one chain.
    const int OneSum = 256;

    public static Operator[] All { get; } =
    [
        new("Conv", 1, c => Biased(Convolve(c, c[0], c[1]), c.Maybe(2))),
        new("ConvInteger", 10, c => Convolve(c, ProductOperators.Centred(c[0], c.Maybe(2), 0), Weights(c[1], c.Maybe(3)))),
        new("QLinearConv", 10, QLinearConv),
        new("ConvTranspose", 1, ConvTranspose),
        new("DeformConv", 19, DeformConv),
        new("Col2Im", 18, Col2Im),
        new("CausalConvWithState", 27, CausalConv),
    ];

    /// <summary>A convolution by the node's geometry, without bias.</summary>
    static Tensor Convolve(OperatorCall c, Tensor x, Tensor w)
    {
        int[] spatial = [.. x.Shape.Extents[2..]];
        int[] window = [.. w.Shape.Extents[2..]];
        WindowGeometry g = WindowGeometry.Of(c, spatial, window);
        int groups = c.Int("group", 1);
        if (x.Shape[1] != w.Shape[1] * groups)
        {
            throw OperatorCall.Fault($"the input has {x.Shape[1]} channels, the weights {w.Shape} with {groups} groups ask for {w.Shape[1] * groups}. Feed the channels that the model was made for.");
        }

        var attributes = new ConvAttributes(g.Strides, g.Low, g.High, WindowGeometry.Ones(window.Length), g.Dilations, groups);
        w = c.IsRecorded && groups == 1 && x.Shape[0] * new Shape(g.Places).Size < FewPlaces ? OutputsLast(w) : w;
        return new Tensor(Op.Conv(x.Node, w.Node, attributes));
    }

    // With fewer results side by side than a register holds, outputs fill the registers: constant weights are laid out so once, not in every run. No bit depends on where weights lie.
    static Tensor OutputsLast(Tensor w)
    {
        if (w.Node.Value is null || (long)w.Size * w.DType.ItemSize > MostLaidBytes)
        {
            return w;
        }

        Tensor laid = w.Permute([.. Enumerable.Range(1, w.Rank - 1), 0]);
        Tensor.Eval(laid);
        return laid.Permute([w.Rank - 1, .. Enumerable.Range(0, w.Rank - 1)]);
    }

    static Tensor Biased(Tensor y, Tensor? bias) => bias is null ? y : y + bias.Reshape([-1, .. WindowGeometry.Ones(y.Rank - 2)]);

    static Tensor Weights(Tensor w, Tensor? zero) => w.To(DType.Int32) - (zero is null ? Tensor.Scalar(0, DType.Int32) : zero.Size > 1 ? zero.To(DType.Int32).Reshape([-1, .. WindowGeometry.Ones(w.Rank - 1)]) : zero.To(DType.Int32).Reshape([]));

    static Results QLinearConv(OperatorCall c)
    {
        Tensor sum = Biased(Convolve(c, ProductOperators.Centred(c[0], c[2], 0), Weights(c[3], c[5])), c.Maybe(8));
        Tensor scale = c[1].Reshape([]) * (c[4].Size > 1 ? c[4].Reshape([-1, .. WindowGeometry.Ones(sum.Rank - 2)]) : c[4].Reshape([])) / c[6].Reshape([]);
        return QuantizationOperators.Quantize(sum.To(DType.Float32) * scale, c[7].Reshape([]), c.TypeOf(7));
    }

    static Results ConvTranspose(OperatorCall c)
    {
        (Tensor x, Tensor w) = (c[0], c[1]);
        int n = x.Rank - 2;
        int groups = c.Int("group", 1);
        int[] window = [.. w.Shape.Extents[2..]];
        int[] strides = c.Ints("strides") ?? WindowGeometry.Ones(n);
        int[] dilations = c.Ints("dilations") ?? WindowGeometry.Ones(n);
        int[] extra = c.Ints("output_padding") ?? new int[n];
        int[] pads = c.Ints("pads") ?? new int[2 * n];
        int[]? shape = c.Ints("output_shape");
        string auto = c.Text("auto_pad", "NOTSET");
        var low = new int[n];
        var high = new int[n];
        for (int i = 0; i < n; i++)
        {
            int reach = dilations[i] * (window[i] - 1);
            int full = ((x.Shape[i + 2] - 1) * strides[i]) + reach + 1 + extra[i];
            (int cutLow, int cutHigh) = (pads[i], pads[i + n]);
            bool same = auto.StartsWith("SAME", StringComparison.Ordinal);
            if (shape is not null || same)
            {
                int wanted = shape is null ? x.Shape[i + 2] * strides[i] : shape.Length == n ? shape[i] : shape[i + 2];
                int total = full - wanted;
                cutLow = auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
                cutHigh = total - cutLow;
            }

            low[i] = reach - cutLow;
            high[i] = reach - cutHigh + extra[i];
        }

        if (groups == 1 && Enumerable.Range(0, n).All(i => strides[i] == window[i] && dilations[i] == 1 && low[i] == window[i] - 1 && high[i] == low[i]) && x.Shape[1] * new Shape(window).Size <= OneSum)
        {
            return Biased(Tiled(x, w, window), c.Maybe(2));
        }

        int[] behind = [.. Enumerable.Range(3, n)];
        Tensor turned = w.Reshape([groups, w.Shape[0] / groups, w.Shape[1], .. window]).Permute([0, 2, 1, .. behind]).Flip(behind)
            .Reshape([groups * w.Shape[1], w.Shape[0] / groups, .. window]);
        var attributes = new ConvAttributes(WindowGeometry.Ones(n), low, high, strides, dilations, groups);
        return Biased(new Tensor(Op.Conv(x.Node, turned.Node, attributes)), c.Maybe(2));
    }

    // Windows that lie side by side: each element of x is multiplied with a whole window, and the windows are laid in place. The zeros that the general way adds between elements are left out,
    // which changes no bit where all of a window's products are one sum of the numerics law.
    static Tensor Tiled(Tensor x, Tensor w, int[] window)
    {
        int n = window.Length;
        int outputs = w.Shape[1];
        Tensor each = w.Permute([.. Enumerable.Range(1, n + 1), 0]).Reshape([-1, x.Shape[1], .. WindowGeometry.Ones(n)]);
        var attributes = new ConvAttributes(WindowGeometry.Ones(n), new int[n], new int[n], WindowGeometry.Ones(n), WindowGeometry.Ones(n), 1);
        int[] spatial = [.. x.Shape.Extents[2..]];
        Tensor y = new Tensor(Op.Conv(x.Node, each.Node, attributes)).Reshape([x.Shape[0], outputs, .. window, .. spatial]);

        // Rows are moved whole; the elements of a row are picked, which is quicker than moving them one by one.
        int[] order = [0, 1, .. Enumerable.Range(0, n - 1).SelectMany(i => (int[])[2 + n + i, 2 + i]), 1 + n, 1 + (2 * n)];
        int[] laid = [.. spatial.Select((extent, i) => extent * window[i])];
        int[] columns = [.. Enumerable.Range(0, laid[^1]).Select(i => (i % window[^1] * spatial[^1]) + (i / window[^1]))];
        return y.Permute(order).Reshape([x.Shape[0], outputs, .. laid]).Take(Tensor.From(columns, columns.Length), n + 1);
    }

    // Elements under the window are read where offsets send them, by bilinear interpolation with zeros outside; the sum over the window is a product of matrices.
    static Results DeformConv(OperatorCall c)
    {
        (Tensor x, Tensor w, Tensor offset) = (c[0], c[1], c[2]);
        (int batch, int channels, int outputs) = (x.Shape[0], x.Shape[1], w.Shape[0]);
        int[] window = [.. w.Shape.Extents[2..]];
        WindowGeometry g = WindowGeometry.Of(c, [.. x.Shape.Extents[2..]], window);
        int groups = c.Int("group", 1);
        int parts = c.Int("offset_group", 1);
        (int rows, int columns, int taps) = (g.Places[0], g.Places[1], window[0] * window[1]);
        Tensor moves = offset.Reshape(batch, parts, taps, 2, rows, columns);
        Tensor[] at = new Tensor[2];
        for (int axis = 0; axis < 2; axis++)
        {
            Tensor place = (Tensor.Arange(g.Places[axis]).To(x.DType) * (double)g.Strides[axis]) - g.Low[axis];
            Tensor tap = Tensor.Arange(taps).To(DType.Int32);
            tap = (axis == 0 ? tap / window[1] : Tensor.Remainder(tap, window[1])).To(x.DType) * (double)g.Dilations[axis];
            at[axis] = moves.Slice(3, axis, 1).Squeeze(3) + tap.Reshape(-1, 1, 1) + (axis == 0 ? place.Reshape(-1, 1) : place);
        }

        // [N, parts, taps · rows · columns]
        Tensor read = SamplingOperators.Bilinear(x.Reshape(batch * parts, channels / parts, x.Shape[2], x.Shape[3]), at[0].Reshape(batch * parts, taps * rows * columns), at[1].Reshape(batch * parts, taps * rows * columns));
        Tensor patches = read.Reshape(batch, parts, channels / parts, taps, rows, columns);
        if (c.Maybe(4) is { } mask)
        {
            patches *= mask.Reshape(batch, parts, 1, taps, rows, columns);
        }

        Tensor columnsOf = patches.Reshape(batch, groups, channels / groups * taps, rows * columns);
        Tensor y = w.Reshape(groups, outputs / groups, w.Shape[1] * taps).MatMul(columnsOf).Reshape(batch, outputs, rows, columns);
        return Biased(y, c.Maybe(3));
    }

    // Each column is laid where it was cut out; where windows overlap, elements are added in the order of the columns' taps.
    static Results Col2Im(OperatorCall c)
    {
        Tensor x = c[0];
        (int[] image, int[] block) = (c.Ints(1), c.Ints(2));
        int n = image.Length;
        int taps = new Shape(block).Size;
        int channels = x.Shape[1] / taps;
        WindowGeometry g = WindowGeometry.Of(c, image, block);
        int[] padded = [.. image.Select((extent, i) => extent + g.Low[i] + g.High[i])];
        Shape places = new(g.Places);
        var targets = new int[HostLimits.Elements((long)taps * places.Size, "the columns")];
        for (int t = 0; t < targets.Length; t++)
        {
            (int tap, int place, int target, int scale) = (t / places.Size, t % places.Size, 0, 1);
            for (int i = n - 1; i >= 0; i--)
            {
                target += scale * ((place % g.Places[i] * g.Strides[i]) + (tap % block[i] * g.Dilations[i]));
                (place, tap, scale) = (place / g.Places[i], tap / block[i], scale * padded[i]);
            }

            targets[t] = target;
        }

        Tensor updates = x.Reshape(x.Shape[0] * channels, targets.Length);
        Tensor index = Tensor.From(targets, 1, targets.Length).To(DType.Int64).BroadcastTo(updates.Shape);
        Tensor laid = Tensor.Zeros(new Shape(x.Shape[0] * channels, new Shape(padded).Size), x.DType).PutAlongAxis(index, updates, 1, Primitives.Index.ScatterKind.Add);
        Tensor y = laid.Reshape([x.Shape[0], channels, .. padded]);
        for (int i = 0; i < n; i++)
        {
            y = y.Slice(i + 2, g.Low[i], image[i]);
        }

        return y;
    }

    static Results CausalConv(OperatorCall c)
    {
        (Tensor x, Tensor w) = (c[0], c[1]);
        int reach = w.Shape[2] - 1;
        Tensor past = c.Maybe(3) ?? Tensor.Zeros(new Shape(x.Shape[0], x.Shape[1], reach), x.DType);
        Tensor padded = Tensor.Concat([past, x], 2);
        var attributes = new ConvAttributes([1], [0], [0], [1], [1], w.Shape[0]);
        Tensor y = Biased(new Tensor(Op.Conv(padded.Node, w.Node, attributes)), c.Maybe(2));
        y = c.Text("activation", "none") is "silu" or "swish" ? ActivationOperators.Wide(y, v => v * v.Sigmoid()) : y;
        return (y, padded.Slice(2, padded.Shape[2] - reach, reach));
    }
}
