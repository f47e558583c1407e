namespace Ashlar.Nn;

/// <summary>The largest element of each window; padding is never the largest. NaN propagates.</summary>
/// <remarks>With dilation the elements under all windows are gathered first, which takes memory for each window's elements.</remarks>
public sealed class MaxPool3d : Module
{
    readonly WindowSettings _settings;

    /// <param name="window">Extent of the window along each axis, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Elements on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public MaxPool3d(Triple window, Triple? stride = null, Triple? padding = null, Triple? dilation = null, bool ceilMode = false) =>
        _settings = new WindowSettings("MaxPool3d", window.ToArray(), stride?.ToArray(), padding?.ToArray(), dilation?.ToArray(), ceilMode);

    /// <inheritdoc/>
    public override string ToString() => $"{_settings})";

    /// <summary>The pooled values, and where they came from.</summary>
    /// <param name="x">[…, D, H, W].</param>
    /// <returns>[…, depth, rows, columns] both; indices are int64 places inside the flattened spatial axes of x, as <see cref="MaxUnpool3d"/> takes them. The first of equal elements wins.</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public (Tensor Values, Tensor Indices) ForwardWithIndices(Tensor x) => Functional.MaxPoolWithIndices(x, _settings);

    /// <param name="x">[…, D, H, W].</param>
    /// <returns>[…, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.MaxPool(x, _settings);
}
