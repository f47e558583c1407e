using Ashlar.Data.Loading;

namespace Ashlar.Tests.Data.Loading;

public sealed class EpochOrderTests
{
    // The order decides the bits of every stored run: a change of it is a new version of the law. The numbers were computed a second time by
    // Threefry2x32-20, Lemire's algorithm 5 and Fisher-Yates written in Python from their papers.
    [Fact]
    public void The_order_of_an_epoch_is_the_documented_permutation_and_never_changes()
    {
        var loader = new DataLoader<int[]>(new Numbers(), new DataLoaderOptions { BatchSize = 10, Seed = 42 }) { State = new LoaderState(3, 0) };

        int[] order = Assert.Single(loader);

        Assert.Equal(Permutation.Draw(RandomKey.FromSeed(42).Fold("epoch order").Fold(3), 10), order);
        Assert.Equal([2, 7, 1, 3, 9, 0, 5, 8, 4, 6], order);
    }

    sealed class Numbers : IBatchSource<int[]>
    {
        public int Count => 10;

        public int[] Take(ReadOnlySpan<int> indices) => indices.ToArray();
    }
}
