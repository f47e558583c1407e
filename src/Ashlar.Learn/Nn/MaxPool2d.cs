namespace Ashlar.Nn;

/// <summary>The largest element of each window; padding is never the largest.</summary>
public sealed class MaxPool2d : Module
{
    readonly Pair _window;
    readonly Pair _stride;
    readonly Pair _padding;

    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Elements on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public MaxPool2d(Pair window, Pair? stride = null, Pair? padding = null) =>
        (_window, _stride, _padding) = (window.AtLeast(1, nameof(window)), (stride ?? window).AtLeast(1, nameof(stride)), (padding ?? 0).AtLeast(0, nameof(padding)));

    /// <inheritdoc/>
    public override string ToString() => $"new MaxPool2d({_window}{Conv2d.Given("stride", _stride, _window)}{Conv2d.Given("padding", _padding, 0)})";

    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.MaxPool2d(x, _window, _stride, _padding);
}
