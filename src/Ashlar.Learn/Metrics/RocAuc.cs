namespace Ashlar.Metrics;

/// <summary>Area under the receiver operating characteristic, 0 to 1: how often a positive example has a larger score than a negative one; equal scores count half. NaN without both.</summary>
/// <remarks>Hanley, McNeil 1982, "The meaning and use of the area under a receiver operating characteristic curve". Counted in whole numbers.</remarks>
/// <param name="classes">Number of classes, ≥ 2; of more than two each against all others, and the mean.</param>
/// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
public sealed class RocAuc(int classes = 2) : Ranking(classes)
{
    private protected override double Of(IReadOnlyList<(long Positives, long Negatives)> groups, long positives, long negatives)
    {
        (Int128 halves, long above) = (0, 0);
        foreach ((long hits, long others) in groups)
        {
            halves += (Int128)others * ((2 * above) + hits);
            above += hits;
        }

        return (double)halves / (2.0 * positives * negatives);
    }
}
