namespace Ashlar.Nn;

/// <summary>Means of as many windows as asked for, whatever the extents of x: window i of an axis runs from ⌊i · extent / places⌋ to ⌈(i + 1) · extent / places⌉.</summary>
public sealed class AdaptiveAvgPool1d : Module
{
    readonly int[] _places;

    /// <param name="places">Extent of y along each axis, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public AdaptiveAvgPool1d(int places) => _places = ((int[])[places]).AtLeast(1, nameof(places));

    /// <inheritdoc/>
    public override string ToString() => $"new AdaptiveAvgPool1d({Spatial.Text(_places)})";

    /// <param name="x">[…, L]; floating.</param>
    /// <returns>[…, places].</returns>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    protected override Tensor Apply(Tensor x) => Functional.AdaptiveAvgPool("AdaptiveAvgPool1d", x, _places);
}
