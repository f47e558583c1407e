namespace Ashlar.Nn;

/// <summary>In training each element is set to α' = -1.7580993… with probability p, then everything is scaled and shifted so that mean 0 and variance 1 stay; in evaluation nothing happens. For networks of SELU.</summary>
/// <remarks>Klambauer et al. 2017, "Self-normalizing neural networks", section 3. Masks: see <see cref="DropoutLayer"/>.</remarks>
/// <param name="probability">p, 0 ≤ p &lt; 1.</param>
/// <exception cref="ArgumentOutOfRangeException">p lies outside.</exception>
public sealed class AlphaDropout(double probability = 0.5) : DropoutLayer(probability)
{
    const double Saturation = -1.7580993408473766;

    private protected override Tensor Drop(Tensor x, Tensor bits)
    {
        double scale = 1 / Math.Sqrt((1 - Probability) * (1 + (Probability * Saturation * Saturation)));
        return (Tensor.Where(Functional.Stays(Probability, bits), x, Tensor.Scalar(Saturation, x.DType)) * scale) - (scale * Saturation * Probability);
    }
}
