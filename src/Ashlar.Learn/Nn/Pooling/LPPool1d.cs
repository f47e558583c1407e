namespace Ashlar.Nn;

/// <summary>The p-norm of each window: (Σ xᵖ)^(1/p); p = 1 sums.</summary>
/// <remarks>Sermanet, Chintala, LeCun 2012, "Convolutional neural networks applied to house numbers digit classification", section 2.2.</remarks>
public sealed class LPPool1d : Module
{
    readonly double _norm;
    readonly WindowSettings _settings;

    /// <param name="norm">p > 0; negative x with an odd p may give NaN.</param>
    /// <param name="window">Extent of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extent by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public LPPool1d(double norm, int window, int? stride = null, bool ceilMode = false) =>
        (_norm, _settings) = (norm, new WindowSettings("LPPool1d", [window], stride is { } step ? [step] : null, null, null, ceilMode));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new LPPool1d({_norm}, {_settings.Arguments})");

    /// <param name="x">[…, L]; floating.</param>
    /// <returns>[…, places].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.LPPool(x, _norm, _settings);
}
