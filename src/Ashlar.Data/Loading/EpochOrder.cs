namespace Ashlar.Data.Loading;

/// <summary>The order in which the examples of an epoch come.</summary>
static class EpochOrder
{
    /// <summary>0 to count - 1.</summary>
    public static int[] ByNumber(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>A permutation of 0 to count - 1 that depends on the seed and the epoch alone.</summary>
    public static int[] Shuffled(long seed, int epoch, int count) =>
        Permutation.Draw(RandomKey.FromSeed(seed).Fold("epoch order").Fold(epoch), count);
}
