namespace Ashlar.Tests.Random;

public sealed class PermutationTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(1000)]
    public void Every_number_below_n_stands_once(int n) =>
        Assert.Equal(Enumerable.Range(0, n), Permutation.Draw(RandomKey.FromSeed(7), n).Order());

    [Fact]
    public void Equal_keys_give_equal_orders_and_other_keys_others()
    {
        RandomKey key = RandomKey.FromSeed(3);
        Assert.Equal(Permutation.Draw(key, 50), Permutation.Draw(key, 50));
        Assert.NotEqual(Permutation.Draw(key, 50), Permutation.Draw(key.Fold(1), 50));
    }

    // χ² over the 4! orders: 23 degrees of freedom, mean 23, standard deviation 6.8; 52 is beyond the 0.9995 quantile.
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void All_orders_are_equally_likely(long seed)
    {
        const int Draws = 24_000;
        RandomKey key = RandomKey.FromSeed(seed);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Draws; i++)
        {
            string order = string.Join(' ', Permutation.Draw(key.Fold(i), 4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        double expected = Draws / 24.0;
        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 5, 52);
    }

    [Fact]
    public void A_negative_extent_is_an_error()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.Draw(RandomKey.FromSeed(0), -1));
        Assert.StartsWith("Permutation: the extent is -1. It must be at least 0.", error.Message, StringComparison.Ordinal);
    }
}
