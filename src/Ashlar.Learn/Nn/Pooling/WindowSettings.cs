using Ashlar.Ir;
using Ashlar.Primitives.Window;

namespace Ashlar.Nn;

/// <summary>The settings of a pooling window, checked, with one number for each spatial axis.</summary>
sealed class WindowSettings
{
    public WindowSettings(string layer, int[] window, int[]? stride, int[]? padding, int[]? dilation = null, bool ceilMode = false)
    {
        Layer = layer;
        Window = window.AtLeast(1, nameof(window));
        Stride = (stride ?? window).AtLeast(1, nameof(stride));
        Padding = (padding ?? Spatial.Fill(window.Length, 0)).AtLeast(0, nameof(padding));
        Dilation = (dilation ?? Spatial.Fill(window.Length, 1)).AtLeast(1, nameof(dilation));
        CeilMode = ceilMode;
    }

    public string Layer { get; }

    public int[] Window { get; }

    public int[] Stride { get; }

    public int[] Padding { get; }

    public int[] Dilation { get; }

    public bool CeilMode { get; }

    public int Axes => Window.Length;

    public bool IsDilated => Array.Exists(Dilation, step => step > 1);

    /// <summary>Number of windows along each axis. One that would begin behind the last element is left out in ceil mode, as in PyTorch.</summary>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public int[] Places(Shape from)
    {
        int lead = from.Rank - Axes;
        var places = new int[Axes];
        for (int axis = 0; axis < Axes; axis++)
        {
            int room = lead < 0 ? -1 : from[lead + axis] + (2 * Padding[axis]) - Reach(axis);
            if (room < 0 || from[lead + axis] == 0 || Padding[axis] >= Window[axis])
            {
                throw new ShapeException($"{Layer}: the window {Spatial.Text(Window)}{Spatial.Given("dilation", Dilation, 1)} with padding {Spatial.Text(Padding)} does not fit the input {from}. " +
                    $"Give […, {(Axes == 1 ? "L" : Axes == 2 ? "H, W" : "D, H, W")}] that holds a window, and padding below the window's extent.");
            }

            places[axis] = (CeilMode ? (room + Stride[axis] - 1) / Stride[axis] : room / Stride[axis]) + 1;
            if (CeilMode && (places[axis] - 1) * Stride[axis] >= from[lead + axis] + Padding[axis])
            {
                places[axis]--;
            }
        }

        return places;
    }

    /// <summary>The window as the primitives take it: ceil mode is more padding on the far side.</summary>
    public WindowAttributes Attributes(ReduceKind kind, Shape from)
    {
        int[] places = Places(from);
        var high = new int[Axes];
        for (int axis = 0; axis < Axes; axis++)
        {
            int end = ((places[axis] - 1) * Stride[axis]) + Window[axis] - Padding[axis];
            high[axis] = Math.Max(Padding[axis], end - from[from.Rank - Axes + axis]);
        }

        return new WindowAttributes(kind, Window, Stride, Padding, high);
    }

    /// <summary>For each window along an axis the positions under it; where one lies in the padding, the first that does not stands for it.</summary>
    /// <exception cref="ShapeException">A window lies in the padding alone.</exception>
    public int[][] Positions(Shape from, int axis)
    {
        var windows = new int[Places(from)[axis]][];
        int extent = from[from.Rank - Axes + axis];
        for (int i = 0; i < windows.Length; i++)
        {
            int[] under = [.. Enumerable.Range(0, Window[axis]).Select(k => (i * Stride[axis]) - Padding[axis] + (k * Dilation[axis]))];
            int first = Array.Find(under, place => (uint)place < (uint)extent);
            windows[i] = Array.Exists(under, place => (uint)place < (uint)extent)
                ? [.. under.Select(place => (uint)place < (uint)extent ? place : first)]
                : throw new ShapeException($"{Layer}: window {i} along axis {from.Rank - Axes + axis} of {from} holds padding alone. Use less dilation or padding.");
        }

        return windows;
    }

    /// <summary>The least extents that pool to those of a shape.</summary>
    public int[] Before(Shape pooled) =>
        [.. Enumerable.Range(0, Axes).Select(axis => ((pooled.Rank < Axes ? 0 : pooled[pooled.Rank - Axes + axis] - 1) * Stride[axis]) - (2 * Padding[axis]) + Window[axis])];

    /// <summary>The arguments in the code that builds the layer.</summary>
    public string Arguments =>
        $"{Spatial.Text(Window)}{Spatial.Given("stride", Stride, Window)}{Spatial.Given("padding", Padding, 0)}{Spatial.Given("dilation", Dilation, 1)}{Spatial.Given("ceilMode", CeilMode, false)}";

    /// <summary>The code that builds the layer, up to further arguments.</summary>
    public override string ToString() => $"new {Layer}({Arguments}";

    int Reach(int axis) => ((Window[axis] - 1) * Dilation[axis]) + 1;
}
