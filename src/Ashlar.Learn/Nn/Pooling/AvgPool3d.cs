namespace Ashlar.Nn;

/// <summary>The mean of each window.</summary>
public sealed class AvgPool3d : Module
{
    readonly WindowSettings _settings;
    readonly bool _countIncludePad;
    readonly int? _divisor;

    /// <param name="window">Extent of the window along each axis, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count in the mean.</param>
    /// <param name="divisor">What sums are divided by instead of the number of elements, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public AvgPool3d(Triple window, Triple? stride = null, Triple? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisor = null) =>
        (_settings, _countIncludePad, _divisor) = (new WindowSettings("AvgPool3d", window.ToArray(), stride?.ToArray(), padding?.ToArray(), null, ceilMode), countIncludePad, divisor?.AtLeast(1, nameof(divisor)));

    /// <inheritdoc/>
    public override string ToString() => $"{_settings}{Spatial.Given("countIncludePad", _countIncludePad, true)}{(_divisor is { } given ? $", divisor: {given}" : "")})";

    /// <param name="x">[…, D, H, W]; floating.</param>
    /// <returns>[…, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.AvgPool(x, _settings, _countIncludePad, _divisor);
}
