using Ashlar.Runtime;

namespace Ashlar.Tests.Runtime;

/// <summary>What young collections find again and again grows old.</summary>
public sealed class SurvivorsTests
{
    const int MostCollections = 20_000;

    [Fact]
    public void What_lives_long_leaves_the_young_generations()
    {
        // Less than a young collection lets grow older by itself where the last cache is large.
        object[] kept = [.. Enumerable.Range(0, 5_000).Select(_ => new byte[64])];

        for (int i = 0; i < MostCollections && GC.GetGeneration(kept[^1]) < GC.MaxGeneration; i++)
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            Survivors.Settle(wasFull: false);
        }

        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(kept[^1]));
    }
}
