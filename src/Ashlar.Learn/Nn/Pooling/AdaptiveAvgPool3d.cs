namespace Ashlar.Nn;

/// <summary>Means of as many windows as asked for, whatever the extents of x: window i of an axis runs from ⌊i · extent / places⌋ to ⌈(i + 1) · extent / places⌉.</summary>
public sealed class AdaptiveAvgPool3d : Module
{
    readonly int[] _places;

    /// <param name="places">Extent of y along each axis, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public AdaptiveAvgPool3d(Triple places) => _places = places.ToArray().AtLeast(1, nameof(places));

    /// <inheritdoc/>
    public override string ToString() => $"new AdaptiveAvgPool3d({Spatial.Text(_places)})";

    /// <param name="x">[…, D, H, W]; floating.</param>
    /// <returns>[…, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    protected override Tensor Apply(Tensor x) => Functional.AdaptiveAvgPool("AdaptiveAvgPool3d", x, _places);
}
