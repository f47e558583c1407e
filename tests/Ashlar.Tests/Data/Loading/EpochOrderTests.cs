using Ashlar.Data.Loading;
using Ashlar.Randomness;

namespace Ashlar.Tests.Data.Loading;

public sealed class EpochOrderTests
{
    // The order decides the bits of every stored run: a change of it is a new version of the law.
    [Fact]
    public void The_order_of_an_epoch_is_the_documented_permutation_and_never_changes()
    {
        var loader = new DataLoader<int[]>(new Numbers(), new DataLoaderOptions { BatchSize = 10, Seed = 42 }) { State = new LoaderState(3, 0) };

        int[] order = Assert.Single(loader);

        Assert.Equal(Permutation.Draw(RandomKey.FromSeed(42).Fold("epoch order").Fold(3), 10), order);
        Assert.Equal("x", string.Join(", ", order));
    }

    sealed class Numbers : IBatchSource<int[]>
    {
        public int Count => 10;

        public int[] Take(ReadOnlySpan<int> indices) => indices.ToArray();
    }
}
