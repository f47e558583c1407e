using Ashlar.Ir;

namespace Ashlar.Nn;

/// <content>The largest element of each window. x is […, spatial…] with any number of leading axes.</content>
public static partial class Functional
{
    /// <summary>The largest element of each window along the last axis; padding is never the largest.</summary>
    /// <param name="x">[…, L].</param>
    /// <param name="window">Extent of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extent by default.</param>
    /// <param name="padding">Elements on each side, ≥ 0 and below the window's extent.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <returns>[…, places].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor MaxPool1d(Tensor x, int window, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        MaxPool(x, new WindowSettings("MaxPool1d", [window], [stride ?? window], [padding], [dilation], ceilMode));

    /// <summary>The largest element of each window along the last two axes; padding is never the largest.</summary>
    /// <param name="x">[…, H, W].</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Elements on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <returns>[…, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor MaxPool2d(Tensor x, Pair window, Pair? stride = null, Pair? padding = null, Pair? dilation = null, bool ceilMode = false) =>
        MaxPool(x, new WindowSettings("MaxPool2d", window.ToArray(), stride?.ToArray(), padding?.ToArray(), dilation?.ToArray(), ceilMode));

    /// <summary>The largest element of each window along the last three axes; padding is never the largest.</summary>
    /// <param name="x">[…, D, H, W].</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Elements on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <returns>[…, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor MaxPool3d(Tensor x, Triple window, Triple? stride = null, Triple? padding = null, Triple? dilation = null, bool ceilMode = false) =>
        MaxPool(x, new WindowSettings("MaxPool3d", window.ToArray(), stride?.ToArray(), padding?.ToArray(), dilation?.ToArray(), ceilMode));

    /// <summary>Puts pooled elements back where they came from; everything else is 0.</summary>
    /// <remarks>Zeiler, Fergus 2014, "Visualizing and understanding convolutional networks", section 2.1. Elements that came from one place are averaged: after MaxPool they are equal.</remarks>
    /// <param name="x">[…, pooled…].</param>
    /// <param name="indices">Of the shape of x: places inside the flattened spatial axes, int32 or int64.</param>
    /// <param name="spatial">Extents of the last axes of the result.</param>
    /// <returns>[…, spatial…].</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MaxUnpool(Tensor x, Tensor indices, params int[] spatial) => MaxUnpool("MaxUnpool", x, indices, spatial);

    internal static Tensor MaxPool(Tensor x, WindowSettings settings) => settings.IsDilated
        ? IndexedMax(x, [.. Enumerable.Range(0, settings.Axes).Select(axis => settings.Positions(x.Shape, axis))]).Values
        : new Tensor(Primitives.Op.ReduceWindow(x.Node, settings.Attributes(ReduceKind.Max, x.Shape)));

    // int64 places inside the flattened spatial axes, as PyTorch's.
    internal static (Tensor Values, Tensor Indices) MaxPoolWithIndices(Tensor x, WindowSettings settings)
    {
        if (settings.IsDilated)
        {
            return IndexedMax(x, [.. Enumerable.Range(0, settings.Axes).Select(axis => settings.Positions(x.Shape, axis))]);
        }

        var winner = new Tensor(Primitives.Op.WindowArgReduce(x.Node, settings.Attributes(ReduceKind.Max, x.Shape)));
        return (MaxPool(x, settings), winner.To(DType.Int64));
    }

    internal static Tensor MaxUnpool(string operation, Tensor x, Tensor indices, int[] spatial)
    {
        int lead = x.Rank - spatial.Length;
        if (lead < 0 || !x.Shape.Equals(indices.Shape))
        {
            throw new ShapeException($"{operation}: the input {x.Shape} and the indices {indices.Shape} must be equal and have {spatial.Length} spatial axes. Give both results of the pooling.");
        }

        int[] flat = [.. x.Shape.Extents[..lead], new Shape(x.Shape.Extents[lead..]).Size];
        Ir.Node index = indices.Reshape(flat).Node;
        int extent = new Shape(spatial).Size;
        var sum = new Tensor(Primitives.Op.ScatterAdd(index, x.Reshape(flat).Node, extent));
        var count = new Tensor(Primitives.Op.ScatterAdd(index, Tensor.Ones(new Shape(flat), x.DType).Node, extent));
        return (sum / Tensor.Maximum(count, Tensor.Scalar(1, x.DType))).Reshape([.. x.Shape.Extents[..lead], .. spatial]);
    }

    // For windows of any form: positions[axis][i] are those under window i along an axis, equally many for each. Memory grows by the size of the window.
    static (Tensor Values, Tensor Indices) IndexedMax(Tensor x, int[][][] positions)
    {
        int lead = x.Rank - positions.Length;
        int[] front = [.. x.Shape.Extents[..lead]];
        int[] windows = [.. positions.Select(axis => axis.Length)];
        var strides = new Shape(x.Shape.Extents[lead..]).Strides();
        int[][] flat = [[0]];
        for (int axis = 0; axis < positions.Length; axis++)
        {
            int stride = strides[axis];
            flat = [.. flat.SelectMany(before => positions[axis].Select(window => (int[])[.. before.SelectMany(start => window.Select(place => start + (place * stride)))]))];
        }

        int count = flat.Length;
        int size = flat[0].Length;
        Tensor index = Tensor.From(flat.SelectMany(window => window).ToArray(), [.. Spatial.Fill(lead, 1), count * size]).BroadcastTo(new Shape([.. front, count * size]));
        Tensor patches = x.Reshape([.. front, new Shape(x.Shape.Extents[lead..]).Size]).Gather(index).Reshape([.. front, count, size]);
        Tensor winner = patches.ArgMax(-1).Reshape([.. front, count, 1]);
        int[] result = [.. front, .. windows];
        return (patches.Gather(winner).Reshape(result), index.Reshape([.. front, count, size]).Gather(winner).Reshape(result).To(DType.Int64));
    }
}
