namespace Ashlar.Nn;

/// <summary>The largest elements of as many windows as asked for, whatever the extents of x: window i of an axis runs from ⌊i · extent / places⌋ to ⌈(i + 1) · extent / places⌉.</summary>
public sealed class AdaptiveMaxPool3d : Module
{
    readonly int[] _places;

    /// <param name="places">Extent of y along each axis, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public AdaptiveMaxPool3d(Triple places) => _places = places.ToArray().AtLeast(1, nameof(places));

    /// <inheritdoc/>
    public override string ToString() => $"new AdaptiveMaxPool3d({Spatial.Text(_places)})";

    /// <summary>The pooled values, and where they came from.</summary>
    /// <param name="x">[…, D, H, W].</param>
    /// <returns>[…, depth, rows, columns] both; indices are int64 places inside the flattened spatial axes of x. The first of equal elements wins.</returns>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    public (Tensor Values, Tensor Indices) ForwardWithIndices(Tensor x) => Functional.AdaptiveMaxPool("AdaptiveMaxPool3d", x, _places);

    /// <param name="x">[…, D, H, W].</param>
    /// <returns>[…, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">x has too few axes, or none of its elements.</exception>
    protected override Tensor Apply(Tensor x) => ForwardWithIndices(x).Values;
}
