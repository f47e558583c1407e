namespace Ashlar.Nn;

/// <summary>Moves r × r places to groups of r² channels, the inverse of <see cref="PixelShuffle"/>: [N, C, H · r, W · r] → [N, C · r², H, W].</summary>
/// <remarks>Shi et al. 2016, "Real-time single image and video super-resolution", equation 4.</remarks>
/// <param name="factor">r, ≥ 1.</param>
public sealed class PixelUnshuffle(int factor) : Module
{
    readonly int _factor = factor.AtLeast(1, nameof(factor));

    /// <inheritdoc/>
    public override string ToString() => $"new PixelUnshuffle({_factor})";

    /// <param name="x">[…, C, H · r, W · r].</param>
    /// <returns>[…, C · r², H, W].</returns>
    /// <exception cref="ShapeException">r does not divide rows or columns.</exception>
    protected override Tensor Apply(Tensor x) => Functional.PixelUnshuffle(x, _factor);
}
