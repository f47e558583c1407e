namespace Ashlar.Nn;

/// <summary>The mean over all spatial axes of each channel.</summary>
/// <remarks>Lin, Chen, Yan 2014, "Network in network", section 3.2.</remarks>
/// <param name="keepAxes">Whether the spatial axes stay with extent 1.</param>
public sealed class GlobalAvgPool(bool keepAxes = false) : Module
{
    /// <inheritdoc/>
    public override string ToString() => keepAxes ? "new GlobalAvgPool(keepAxes: true)" : "new GlobalAvgPool()";

    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <returns>[N, C], or [N, C, 1…].</returns>
    /// <exception cref="ShapeException">There is no spatial axis.</exception>
    protected override Tensor Apply(Tensor x) => x.Mean(SpatialAxes("GlobalAvgPool", x), keepAxes);

    internal static int[] SpatialAxes(string layer, Tensor x) => x.Rank > 2
        ? [.. Enumerable.Range(2, x.Rank - 2)]
        : throw new ShapeException($"{layer}: the input {x.Shape} has no spatial axes. Give [N, C, spatial…].");
}
