using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <content>Elements put elsewhere.</content>
public static partial class Functional
{
    /// <summary>[…, C · r², H, W] → […, C, H · r, W · r]: see <see cref="Ashlar.Nn.PixelShuffle"/>.</summary>
    /// <exception cref="ShapeException">r² does not divide the channels.</exception>
    public static Tensor PixelShuffle(Tensor x, int factor)
    {
        if (x.Rank < 3 || x.Shape[^3] % (factor * factor) != 0)
        {
            throw new ShapeException($"PixelShuffle: the input is {x.Shape}, wanted […, C, H, W] with channels that {factor}² divides. Change the channels of the layer before it.");
        }

        int[] lead = [.. x.Shape.Extents[..^3]];
        int[] axes = [.. Enumerable.Range(0, lead.Length)];
        (int channels, int rows, int columns, int n) = (x.Shape[^3] / (factor * factor), x.Shape[^2], x.Shape[^1], lead.Length);
        return x.Reshape([.. lead, channels, factor, factor, rows, columns]).Permute([.. axes, n, n + 3, n + 1, n + 4, n + 2]).Reshape([.. lead, channels, rows * factor, columns * factor]);
    }

    /// <summary>[…, C, H · r, W · r] → […, C · r², H, W]: see <see cref="Ashlar.Nn.PixelUnshuffle"/>.</summary>
    /// <exception cref="ShapeException">r does not divide rows or columns.</exception>
    public static Tensor PixelUnshuffle(Tensor x, int factor)
    {
        if (x.Rank < 3 || x.Shape[^2] % factor != 0 || x.Shape[^1] % factor != 0)
        {
            throw new ShapeException($"PixelUnshuffle: the input is {x.Shape}, wanted […, C, H, W] with rows and columns that {factor} divides. Pad or cut it.");
        }

        int[] lead = [.. x.Shape.Extents[..^3]];
        int[] axes = [.. Enumerable.Range(0, lead.Length)];
        (int channels, int rows, int columns, int n) = (x.Shape[^3], x.Shape[^2] / factor, x.Shape[^1] / factor, lead.Length);
        return x.Reshape([.. lead, channels, rows, factor, columns, factor]).Permute([.. axes, n, n + 2, n + 4, n + 1, n + 3]).Reshape([.. lead, channels * factor * factor, rows, columns]);
    }

    /// <summary>The patches under a sliding window as columns (im2col).</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <returns>[N, C · rows · columns of the window, windows].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor Unfold(Tensor x, Pair window, Pair? dilation = null, Pair? padding = null, Pair? stride = null)
    {
        var sliding = new SlidingWindow("Unfold", window, dilation ?? 1, padding ?? 0, stride ?? 1);
        if (x.Rank != 4)
        {
            throw new ShapeException($"Unfold: the input is {x.Shape}, wanted [N, C, H, W]. Add the missing axes.");
        }

        Pair places = sliding.Places(new Pair(x.Shape[2], x.Shape[3]), x.Shape);
        int[] around = [0, 0, sliding.Padding.Rows, sliding.Padding.Columns];
        Tensor padded = x.Pad(around, around);
        Tensor[] patches = [.. sliding.Offsets.Select(at => new Tensor(Op.Slice(padded.Node, [0, 0, at.Rows, at.Columns], [x.Shape[0], x.Shape[1], places.Rows, places.Columns], [1, 1, sliding.Stride.Rows, sliding.Stride.Columns]))
            .Reshape(x.Shape[0], x.Shape[1], 1, places.Rows * places.Columns))];
        return Tensor.Concat(patches, 2).Reshape(x.Shape[0], x.Shape[1] * patches.Length, places.Rows * places.Columns);
    }

    /// <summary>Adds columns up at the places that <see cref="Unfold"/> took them from (col2im), in the order of the window.</summary>
    /// <param name="x">[N, C · rows · columns of the window, windows].</param>
    /// <param name="output">H, W of the result.</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <returns>[N, C, H, W].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor Fold(Tensor x, Pair output, Pair window, Pair? dilation = null, Pair? padding = null, Pair? stride = null)
    {
        var sliding = new SlidingWindow("Fold", window, dilation ?? 1, padding ?? 0, stride ?? 1);
        Pair places = sliding.Places(output, x.Shape);
        int size = window.Rows * window.Columns;
        if (x.Rank != 3 || x.Shape[1] % size != 0 || x.Shape[2] != places.Rows * places.Columns)
        {
            throw new ShapeException($"Fold: the input is {x.Shape}, wanted [N, C · {size}, {places.Rows * places.Columns}] for the output {output}. Give what Unfold gives.");
        }

        int channels = x.Shape[1] / size;
        Tensor columns = x.Reshape(x.Shape[0], channels, size, places.Rows * places.Columns);
        (int rows, int wide) = (output.Rows + (2 * sliding.Padding.Rows), output.Columns + (2 * sliding.Padding.Columns));
        Tensor? sum = null;
        foreach ((Pair at, int i) in sliding.Offsets.Select((at, i) => (at, i)))
        {
            Tensor patch = columns.Slice(2, i, 1).Reshape(x.Shape[0], channels, places.Rows, places.Columns);
            int[] high = [0, 0, rows - at.Rows - ((places.Rows - 1) * sliding.Stride.Rows) - 1, wide - at.Columns - ((places.Columns - 1) * sliding.Stride.Columns) - 1];
            var spread = new Tensor(Op.Pad(patch.Node, [0, 0, at.Rows, at.Columns], high, [0, 0, sliding.Stride.Rows - 1, sliding.Stride.Columns - 1], 0));
            sum = sum is null ? spread : sum + spread;
        }

        return sum!.Slice(2, sliding.Padding.Rows, output.Rows).Slice(3, sliding.Padding.Columns, output.Columns);
    }

    // Elements of an axis by index; the axes of the index take its place.
    internal static Tensor Rows(Tensor x, Tensor index, int axis) => new(Op.Take(x.Node, [index.Node], axis));
}
