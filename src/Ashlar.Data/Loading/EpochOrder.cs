namespace Ashlar.Data.Loading;

/// <summary>The order in which the examples of an epoch come.</summary>
static class EpochOrder
{
    /// <summary>0 to count - 1.</summary>
    public static int[] ByNumber(int count) => [.. Enumerable.Range(0, count)];

    public static int[] Shuffled(ulong seed, int epoch, int count) => ByNumber(count);
}
