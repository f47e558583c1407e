namespace Ashlar.Nn;

/// <summary>The mean of each window.</summary>
public sealed class AvgPool1d : Module
{
    readonly WindowSettings _settings;
    readonly bool _countIncludePad;

    /// <param name="window">Extent of the window along each axis, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count in the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public AvgPool1d(int window, int? stride = null, int padding = 0, bool ceilMode = false, bool countIncludePad = true) =>
        (_settings, _countIncludePad) = (new WindowSettings("AvgPool1d", [window], stride is { } step ? [step] : null, [padding], null, ceilMode), countIncludePad);

    /// <inheritdoc/>
    public override string ToString() => $"{_settings}{Spatial.Given("countIncludePad", _countIncludePad, true)})";

    /// <param name="x">[…, L]; floating.</param>
    /// <returns>[…, places].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.AvgPool(x, _settings, _countIncludePad, null);
}
