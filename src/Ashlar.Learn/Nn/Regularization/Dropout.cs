namespace Ashlar.Nn;

/// <summary>In training each element is set to 0 with probability p and otherwise divided by 1 - p; in evaluation nothing happens.</summary>
/// <remarks>Srivastava et al. 2014, "Dropout". Masks: see <see cref="DropoutLayer"/>.</remarks>
/// <param name="probability">p, 0 ≤ p &lt; 1.</param>
/// <exception cref="ArgumentOutOfRangeException">p lies outside.</exception>
public sealed class Dropout(double probability = 0.5) : DropoutLayer(probability);
