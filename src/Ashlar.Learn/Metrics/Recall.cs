namespace Ashlar.Metrics;

/// <summary>Share of the examples of a class that are taken for it: hits / (hits + missed), 0 to 1.</summary>
/// <param name="classes">Number of classes, ≥ 2.</param>
/// <param name="averaging">How classes become one number; by default <see cref="Averaging.Binary"/> of two and <see cref="Averaging.Macro"/> of more.</param>
/// <param name="threshold">A score of yes above it is label 1: 0.5 for probabilities, 0 for logits.</param>
/// <param name="ignore">A label in the target whose examples are left out.</param>
/// <exception cref="ArgumentException">Binary averaging of more than two classes.</exception>
public sealed class Recall(int classes = 2, Averaging? averaging = null, double threshold = 0.5, long? ignore = null) : ClassScore(classes, averaging, threshold, ignore)
{
    private protected override double Ratio(long hits, long @false, long missed) => Share(hits, hits + missed);
}
