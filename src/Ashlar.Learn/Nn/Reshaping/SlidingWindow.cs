namespace Ashlar.Nn;

/// <summary>The geometry that Unfold and Fold share, checked.</summary>
readonly struct SlidingWindow
{
    readonly string _operation;
    readonly Pair _window;
    readonly Pair _dilation;

    public SlidingWindow(string operation, Pair window, Pair dilation, Pair padding, Pair stride)
    {
        (_operation, _window, _dilation, Padding, Stride) = (operation, window, dilation, padding, stride);
        window.ToArray().AtLeast(1, nameof(window));
        dilation.ToArray().AtLeast(1, nameof(dilation));
        padding.ToArray().AtLeast(0, nameof(padding));
        stride.ToArray().AtLeast(1, nameof(stride));
    }

    public Pair Padding { get; }

    public Pair Stride { get; }

    /// <summary>Where in the padded image the elements of the first window lie, row-major.</summary>
    public IEnumerable<Pair> Offsets
    {
        get
        {
            (Pair window, Pair dilation) = (_window, _dilation);
            return Enumerable.Range(0, window.Rows * window.Columns).Select(i => new Pair(i / window.Columns * dilation.Rows, i % window.Columns * dilation.Columns));
        }
    }

    /// <summary>Windows along each axis of an image.</summary>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public Pair Places(Pair image, Shape input)
    {
        int rows = image.Rows + (2 * Padding.Rows) - ((_window.Rows - 1) * _dilation.Rows) - 1;
        int columns = image.Columns + (2 * Padding.Columns) - ((_window.Columns - 1) * _dilation.Columns) - 1;
        return rows >= 0 && columns >= 0
            ? new Pair((rows / Stride.Rows) + 1, (columns / Stride.Columns) + 1)
            : throw new ShapeException($"{_operation}: the window {_window} does not fit an image of {image} with padding {Padding} (input {input}). Use a smaller window or more padding.");
    }
}
