using Ashlar.Primitives.Window;

namespace Ashlar.Cpu.Library;

/// <summary>The geometry of a sliding window, brought to [planes, depth, height, width]; missing axes have extent and window 1.</summary>
sealed class WindowFrame
{
    const int Spatial = 3;

    /// <param name="input">[…, spatial].</param>
    /// <param name="result">[…, results].</param>
    /// <param name="window">The window over 1 to 3 trailing axes.</param>
    /// <param name="operation">As in messages.</param>
    /// <exception cref="ArgumentException">The window has another number of axes.</exception>
    public WindowFrame(Shape input, Shape result, WindowAttributes window, string operation)
    {
        int spatial = window.Window.Length;
        if (spatial is < 1 or > Spatial)
        {
            throw new ArgumentException($"{operation}: the window has {spatial} axes. Kernels slide along 1 to 3 axes; reshape the axes of extent 1 away.", nameof(window));
        }

        ReadOnlySpan<int> from = input.Extents[^spatial..];
        ReadOnlySpan<int> to = result.Extents[^spatial..];
        Planes = new Shape(input.Extents[..^spatial]).Size;
        (Depth, Height, Width) = Last(from, 1);
        (OutDepth, OutHeight, OutWidth) = Last(to, 1);
        (WindowDepth, WindowHeight, WindowWidth) = Last(window.Window, 1);
        (DepthStride, HeightStride, Stride) = Last(window.Strides, 1);
        (DepthLow, HeightLow, Low) = Last(window.Low, 0);
        FirstInside = Math.Min(OutWidth, (Low + Stride - 1) / Stride);
        int room = Width + Low - WindowWidth;
        EndInside = room < 0 ? FirstInside : Math.Clamp((room / Stride) + 1, FirstInside, OutWidth);
    }

    public int Planes { get; }

    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    public int OutDepth { get; }

    public int OutHeight { get; }

    public int OutWidth { get; }

    public int WindowDepth { get; }

    public int WindowHeight { get; }

    public int WindowWidth { get; }

    public int DepthStride { get; }

    public int HeightStride { get; }

    /// <summary>Distance of neighbouring windows along the width.</summary>
    public int Stride { get; }

    public int DepthLow { get; }

    public int HeightLow { get; }

    /// <summary>Padding before the first column.</summary>
    public int Low { get; }

    /// <summary>The first result of a row whose window lies inside the row.</summary>
    public int FirstInside { get; }

    /// <summary>One past the last result of a row whose window lies inside the row.</summary>
    public int EndInside { get; }

    /// <summary>Elements of a window.</summary>
    public int Taps => WindowDepth * WindowHeight * WindowWidth;

    /// <summary>Whether there is one window, over all of its plane.</summary>
    public bool IsWhole => Taps == Plane && Plane > 0 && (OutDepth, OutHeight, OutWidth, DepthLow, HeightLow, Low) == (1, 1, 1, 0, 0, 0) && (WindowDepth, WindowHeight, WindowWidth) == (Depth, Height, Width);

    /// <summary>Elements of an input plane.</summary>
    public int Plane => Depth * Height * Width;

    /// <summary>Rows of the result over all planes.</summary>
    public int Rows => OutWidth == 0 ? 0 : Planes * OutDepth * OutHeight;

    /// <summary>Whether the window has these extents and this stride along the width.</summary>
    public bool Is(int height, int width, int stride) => WindowDepth == 1 && WindowHeight == height && WindowWidth == width && Stride == stride;

    /// <summary>Whether the windows are 2 × 2 elements, two apart, without padding: a plane's rows of results follow from pairs of its rows.</summary>
    public bool IsTwoByTwo => Is(2, 2, 2) && Depth == 1 && (HeightStride, HeightLow, Low) == (2, 0, 0) && 2 * OutHeight <= Height && 2 * OutWidth <= Width && Planes > 0 && OutHeight > 0 && OutWidth > 0;

    /// <summary>Where the window of a result begins along the width; negative inside the padding.</summary>
    public int Start(int column) => (column * Stride) - Low;

    /// <summary>The first column of a window that is no padding, counted inside the window.</summary>
    public int FirstTap(int column) => Math.Max(0, -Start(column));

    /// <summary>One past the last column of a window that is no padding, counted inside the window.</summary>
    public int EndTap(int column) => Math.Max(FirstTap(column), Math.Min(WindowWidth, Width - Start(column)));

    static (int Depth, int Height, int Width) Last(ReadOnlySpan<int> values, int missing) =>
        (values.Length > 2 ? values[^3] : missing, values.Length > 1 ? values[^2] : missing, values[^1]);
}
