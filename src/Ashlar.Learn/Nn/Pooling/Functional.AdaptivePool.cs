namespace Ashlar.Nn;

/// <content>Pooling to given extents: window i of an axis runs from ⌊i · extent / places⌋ to ⌈(i + 1) · extent / places⌉.</content>
public static partial class Functional
{
    /// <summary>Means of as many windows as asked for, along the last axis.</summary>
    /// <param name="x">[…, L]; floating.</param>
    /// <param name="places">Extent of the result, ≥ 1.</param>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public static Tensor AdaptiveAvgPool1d(Tensor x, int places) => AdaptiveAvgPool("AdaptiveAvgPool1d", x, [places]);

    /// <summary>Means of as many windows as asked for, along the last two axes.</summary>
    /// <param name="x">[…, H, W]; floating.</param>
    /// <param name="places">Extents of the result, ≥ 1.</param>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public static Tensor AdaptiveAvgPool2d(Tensor x, Pair places) => AdaptiveAvgPool("AdaptiveAvgPool2d", x, places.ToArray());

    /// <summary>Means of as many windows as asked for, along the last three axes.</summary>
    /// <param name="x">[…, D, H, W]; floating.</param>
    /// <param name="places">Extents of the result, ≥ 1.</param>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public static Tensor AdaptiveAvgPool3d(Tensor x, Triple places) => AdaptiveAvgPool("AdaptiveAvgPool3d", x, places.ToArray());

    /// <summary>The largest elements of as many windows as asked for, along the last axis.</summary>
    /// <param name="x">[…, L].</param>
    /// <param name="places">Extent of the result, ≥ 1.</param>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public static Tensor AdaptiveMaxPool1d(Tensor x, int places) => AdaptiveMaxPool("AdaptiveMaxPool1d", x, [places]).Values;

    /// <summary>The largest elements of as many windows as asked for, along the last two axes.</summary>
    /// <param name="x">[…, H, W].</param>
    /// <param name="places">Extents of the result, ≥ 1.</param>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public static Tensor AdaptiveMaxPool2d(Tensor x, Pair places) => AdaptiveMaxPool("AdaptiveMaxPool2d", x, places.ToArray()).Values;

    /// <summary>The largest elements of as many windows as asked for, along the last three axes.</summary>
    /// <param name="x">[…, D, H, W].</param>
    /// <param name="places">Extents of the result, ≥ 1.</param>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public static Tensor AdaptiveMaxPool3d(Tensor x, Triple places) => AdaptiveMaxPool("AdaptiveMaxPool3d", x, places.ToArray()).Values;

    internal static Tensor AdaptiveAvgPool(string operation, Tensor x, int[] places)
    {
        if (EvenWindow(operation, x, places) is { } window)
        {
            return AvgPool(x, new WindowSettings(operation, window, window, null), countIncludePad: true, divisor: null);
        }

        // The windows are products of intervals, so the mean of a window is the mean along one axis of means along the other.
        for (int i = 0; i < places.Length; i++)
        {
            int axis = x.Rank - places.Length + i;
            int extent = x.Shape[axis];
            Tensor[] means = [.. Enumerable.Range(0, places[i]).Select(place => Interval(extent, places[i], place)).Select(range => x.Slice(axis, range.Start, range.Count).Mean([axis], keepAxes: true))];
            x = Tensor.Concat(means, axis);
        }

        return x;
    }

    // Places are int64, inside the flattened spatial axes, as PyTorch's.
    internal static (Tensor Values, Tensor Indices) AdaptiveMaxPool(string operation, Tensor x, int[] places)
    {
        if (EvenWindow(operation, x, places) is { } window)
        {
            return MaxPoolWithIndices(x, new WindowSettings(operation, window, window, null));
        }

        var positions = new int[places.Length][][];
        for (int i = 0; i < places.Length; i++)
        {
            int extent = x.Shape[x.Rank - places.Length + i];
            (int Start, int Count)[] ranges = [.. Enumerable.Range(0, places[i]).Select(place => Interval(extent, places[i], place))];
            int longest = ranges.Max(range => range.Count);
            positions[i] = [.. ranges.Select(range => (int[])[.. Enumerable.Range(0, longest).Select(k => range.Start + (k < range.Count ? k : 0))])];
        }

        return IndexedMax(x, positions);
    }

    static (int Start, int Count) Interval(int extent, int places, int place)
    {
        int start = (int)((long)place * extent / places);
        int end = (int)(((((long)place + 1) * extent) + places - 1) / places);
        return (start, end - start);
    }

    // The window of an ordinary pooling that does the same, or null where windows differ in extent.
    static int[]? EvenWindow(string operation, Tensor x, int[] places)
    {
        places.AtLeast(1, nameof(places));
        int lead = x.Rank - places.Length;
        if (lead < 0 || x.Shape.Extents[lead..].Contains(0))
        {
            throw new ShapeException($"{operation}: the input {x.Shape} has too few axes or no elements. Give [N, C] and {places.Length} spatial axes with one element or more.");
        }

        int[] window = [.. places.Select((count, axis) => x.Shape[lead + axis] / count)];
        return places.Where((count, axis) => x.Shape[lead + axis] % count != 0).Any() ? null : window;
    }
}
