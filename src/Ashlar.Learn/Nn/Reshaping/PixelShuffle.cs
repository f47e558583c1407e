namespace Ashlar.Nn;

/// <summary>Moves groups of r² channels to r × r places: [N, C · r², H, W] → [N, C, H · r, W · r].</summary>
/// <remarks>Shi et al. 2016, "Real-time single image and video super-resolution", equation 4.</remarks>
/// <param name="factor">r, ≥ 1.</param>
public sealed class PixelShuffle(int factor) : Module
{
    readonly int _factor = factor.AtLeast(1, nameof(factor));

    /// <inheritdoc/>
    public override string ToString() => $"new PixelShuffle({_factor})";

    /// <param name="x">[…, C · r², H, W].</param>
    /// <returns>[…, C, H · r, W · r].</returns>
    /// <exception cref="ShapeException">r² does not divide the channels.</exception>
    protected override Tensor Apply(Tensor x) => Functional.PixelShuffle(x, _factor);
}
