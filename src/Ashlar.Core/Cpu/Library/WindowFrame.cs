using Ashlar.Primitives.Window;

namespace Ashlar.Cpu.Library;

/// <summary>The geometry of a sliding window, brought to [planes, depth, height, width]; missing axes have extent and window 1.</summary>
sealed class WindowFrame
{
    const int Spatial = 3;

    readonly int[] _extents = [1, 1, 1];
    readonly int[] _window = [1, 1, 1];
    readonly int[] _strides = [1, 1, 1];
    readonly int[] _low = [0, 0, 0];
    readonly int[] _results = [1, 1, 1];

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

        int lead = input.Rank - spatial;
        Planes = new Shape(input.Extents[..lead]).Size;
        for (int axis = 0; axis < spatial; axis++)
        {
            int to = Spatial - spatial + axis;
            _extents[to] = input[lead + axis];
            _window[to] = window.Window[axis];
            _strides[to] = window.Strides[axis];
            _low[to] = window.Low[axis];
            _results[to] = result[lead + axis];
        }

        FirstInside = Math.Min(OutWidth, (_low[2] + Stride - 1) / Stride);
        int room = Width + _low[2] - WindowWidth;
        EndInside = room < 0 ? FirstInside : Math.Clamp((room / Stride) + 1, FirstInside, OutWidth);
    }

    public int Planes { get; }

    public int Depth => _extents[0];

    public int Height => _extents[1];

    public int Width => _extents[2];

    public int WindowDepth => _window[0];

    public int WindowHeight => _window[1];

    public int WindowWidth => _window[2];

    public int OutDepth => _results[0];

    public int OutHeight => _results[1];

    public int OutWidth => _results[2];

    /// <summary>Distance of neighbouring windows along the width.</summary>
    public int Stride => _strides[2];

    /// <summary>Elements of a window.</summary>
    public int Taps => WindowDepth * WindowHeight * WindowWidth;

    /// <summary>Elements of an input plane.</summary>
    public int Plane => Depth * Height * Width;

    /// <summary>Rows of the result over all planes.</summary>
    public int Rows => OutWidth == 0 ? 0 : Planes * OutDepth * OutHeight;

    /// <summary>The first result of a row whose window lies inside the row.</summary>
    public int FirstInside { get; }

    /// <summary>One past the last result of a row whose window lies inside the row.</summary>
    public int EndInside { get; }

    /// <summary>Whether the window has these extents and this stride along the width.</summary>
    public bool Is(int height, int width, int stride) => WindowDepth == 1 && WindowHeight == height && WindowWidth == width && Stride == stride;

    /// <summary>Where the window of result <paramref name="at"/> begins along the axis; negative inside the padding.</summary>
    public int Start(int axis, int at) => (at * _strides[axis]) - _low[axis];

    /// <summary>The elements of a window that begins at <paramref name="start"/> that are no padding, counted inside the window.</summary>
    public (int First, int End) Inside(int axis, int start)
    {
        int first = Math.Max(0, -start);
        return (first, Math.Max(first, Math.Min(_window[axis], _extents[axis] - start)));
    }
}
