namespace Ashlar.Nn;

/// <summary>Means of as many windows as asked for, whatever the extents of x: window i of an axis runs from ⌊i · extent / places⌋ to ⌈(i + 1) · extent / places⌉.</summary>
public sealed class AdaptiveAvgPool2d : Module
{
    readonly int[] _places;

    /// <param name="places">Extent of y along each axis, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public AdaptiveAvgPool2d(Pair places) => _places = places.ToArray().AtLeast(1, nameof(places));

    /// <inheritdoc/>
    public override string ToString() => $"new AdaptiveAvgPool2d({Spatial.Text(_places)})";

    /// <param name="x">[…, H, W]; floating.</param>
    /// <returns>[…, rows, columns].</returns>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    protected override Tensor Apply(Tensor x) => Functional.AdaptiveAvgPool("AdaptiveAvgPool2d", x, _places);
}
