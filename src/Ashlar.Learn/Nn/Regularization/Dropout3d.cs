namespace Ashlar.Nn;

/// <summary>In training each channel of each example is set to 0 as a whole with probability p and otherwise divided by 1 - p; in evaluation nothing happens. x is [N, C, D, H, W].</summary>
/// <remarks>Tompson et al. 2015, "Efficient object localization using convolutional networks", section 3.2. Masks: see <see cref="DropoutLayer"/>.</remarks>
/// <param name="probability">p, 0 ≤ p &lt; 1.</param>
/// <exception cref="ArgumentOutOfRangeException">p lies outside.</exception>
public sealed class Dropout3d(double probability = 0.5) : DropoutLayer(probability)
{
    private protected override Shape MaskOf(Tensor x) => Channels(x, 3);
}
