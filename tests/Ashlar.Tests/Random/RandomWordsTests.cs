using Ashlar.Randomness;

namespace Ashlar.Tests.Random;

public sealed class RandomWordsTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Fact]
    public void Words_are_both_halves_of_the_blocks_in_turn()
    {
        var words = new RandomWords(Key);
        for (uint block = 0; block < 3; block++)
        {
            (uint first, uint second) = Threefry.Evaluate(Key.Key0, Key.Key1, 0, block);
            Assert.Equal(first, words.Next());
            Assert.Equal(second, words.Next());
        }
    }

    // A bound just above 2³¹ shows a missing rejection at once: without it the low half would be drawn twice as often.
    // 20,000 draws: the standard deviation of the mean is 0.002 of the bound.
    [Theory, InlineData(1u), InlineData(6u), InlineData(0x8000_0001u), InlineData(uint.MaxValue)]
    public void Bounded_integers_have_their_range_and_mean(uint bound)
    {
        var words = new RandomWords(Key);
        double sum = 0;
        for (int i = 0; i < 20_000; i++)
        {
            uint value = words.Below(bound);
            Assert.True(value < bound, $"{value} is not below {bound}.");
            sum += value;
        }

        Assert.Equal((bound - 1.0) / 2 / bound, sum / 20_000 / bound, 0.009);
    }

    // For a bound of 3·2³⁰ plain multiplication draws every third value twice as often as its neighbours.
    [Fact]
    public void Bounded_integers_have_no_favourites()
    {
        var words = new RandomWords(Key);
        var counts = new int[3];
        for (int i = 0; i < 30_000; i++)
        {
            counts[words.Below(3u << 30) % 3]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void A_bound_of_zero_is_an_error()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RandomWords(Key).Below(0));
        Assert.StartsWith("RandomWords: the bound is 0. It must be at least 1.", error.Message, StringComparison.Ordinal);
    }
}
