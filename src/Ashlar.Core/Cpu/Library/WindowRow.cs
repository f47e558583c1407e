using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library;

/// <summary>Walks over the rows of a window operation's result; holds what the windows of one row have in common.</summary>
struct WindowRow
{
    readonly WindowFrame _frame;
    int _depth;
    int _height;

    public WindowRow(WindowFrame frame, int row)
    {
        _frame = frame;
        _height = row % frame.OutHeight;
        row /= frame.OutHeight;
        _depth = row % frame.OutDepth;
        Plane = row / frame.OutDepth;
        PlaceDepth();
        PlaceHeight();
    }

    public int Plane { get; private set; }

    /// <summary>Place inside the input plane at which the window of column 0 begins; may lie outside.</summary>
    public int Corner { get; private set; }

    /// <summary>The window's planes and rows that are no padding.</summary>
    public int FirstDepth { get; private set; }

    public int EndDepth { get; private set; }

    public int FirstHeight { get; private set; }

    public int EndHeight { get; private set; }

    /// <summary>Whether no plane or row of the windows is padding.</summary>
    public readonly bool IsWhole => EndDepth - FirstDepth == _frame.WindowDepth && EndHeight - FirstHeight == _frame.WindowHeight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        if (++_height == _frame.OutHeight)
        {
            NextPlane();
        }

        PlaceHeight();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void NextPlane()
    {
        _height = 0;
        if (++_depth == _frame.OutDepth)
        {
            _depth = 0;
            Plane++;
        }

        PlaceDepth();
    }

    void PlaceDepth()
    {
        int start = (_depth * _frame.DepthStride) - _frame.DepthLow;
        FirstDepth = Math.Max(0, -start);
        EndDepth = Math.Max(FirstDepth, Math.Min(_frame.WindowDepth, _frame.Depth - start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void PlaceHeight()
    {
        int start = (_height * _frame.HeightStride) - _frame.HeightLow;
        Corner = (((((_depth * _frame.DepthStride) - _frame.DepthLow) * _frame.Height) + start) * _frame.Width) - _frame.Low;
        FirstHeight = Math.Max(0, -start);
        EndHeight = Math.Max(FirstHeight, Math.Min(_frame.WindowHeight, _frame.Height - start));
    }
}
