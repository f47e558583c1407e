namespace Ashlar.Metrics;

/// <summary>Area under precision over recall as a sum of steps: Σ (recall - recall before) · precision over all thresholds from the largest score on, 0 to 1. NaN without positive and negative examples.</summary>
/// <remarks>Not interpolated, as in scikit-learn.</remarks>
/// <param name="classes">Number of classes, ≥ 2; of more than two each against all others, and the mean.</param>
/// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
public sealed class AveragePrecision(int classes = 2) : Ranking(classes)
{
    private protected override double Of(IReadOnlyList<(long Positives, long Negatives)> groups, long positives, long negatives)
    {
        (double sum, long hits, long taken) = (0, 0, 0);
        foreach ((long Positives, long Negatives) group in groups)
        {
            (hits, taken) = (hits + group.Positives, taken + group.Positives + group.Negatives);
            sum += (double)group.Positives / positives * ((double)hits / taken);
        }

        return sum;
    }
}
