namespace Ashlar.Nn;

/// <summary>The largest over all spatial axes of each channel; NaN propagates.</summary>
/// <param name="keepAxes">Whether the spatial axes stay with extent 1.</param>
public sealed class GlobalMaxPool(bool keepAxes = false) : Module
{
    /// <inheritdoc/>
    public override string ToString() => keepAxes ? "new GlobalMaxPool(keepAxes: true)" : "new GlobalMaxPool()";

    /// <param name="x">[N, C, spatial…].</param>
    /// <returns>[N, C], or [N, C, 1…].</returns>
    /// <exception cref="ShapeException">There is no spatial axis.</exception>
    protected override Tensor Apply(Tensor x) => x.Max(GlobalAvgPool.SpatialAxes("GlobalMaxPool", x), keepAxes);
}
