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
        Place();
    }

    public int Plane { get; private set; }

    /// <summary>Place inside the input plane of the first element of the window at column 0 without padding along the width; may lie outside.</summary>
    public int Corner { get; private set; }

    /// <summary>The window's planes and rows that are no padding.</summary>
    public int FirstDepth { get; private set; }

    public int EndDepth { get; private set; }

    public int FirstHeight { get; private set; }

    public int EndHeight { get; private set; }

    /// <summary>Whether no plane or row of the windows is padding.</summary>
    public readonly bool IsWhole => EndDepth - FirstDepth == _frame.WindowDepth && EndHeight - FirstHeight == _frame.WindowHeight;

    public void Next()
    {
        if (++_height == _frame.OutHeight)
        {
            _height = 0;
            if (++_depth == _frame.OutDepth)
            {
                _depth = 0;
                Plane++;
            }
        }

        Place();
    }

    void Place()
    {
        int depth = _frame.Start(0, _depth);
        int height = _frame.Start(1, _height);
        Corner = ((depth * _frame.Height) + height) * _frame.Width;
        (FirstDepth, EndDepth) = _frame.Inside(0, depth);
        (FirstHeight, EndHeight) = _frame.Inside(1, height);
    }
}
