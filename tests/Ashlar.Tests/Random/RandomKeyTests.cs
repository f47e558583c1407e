namespace Ashlar.Tests.Random;

public sealed class RandomKeyTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(-5);

    [Fact]
    public void The_seed_is_the_root_key() => Assert.Equal(new RandomKey(0x0123_4567, 0x89AB_CDEF), RandomKey.FromSeed(0x0123_4567_89AB_CDEF));

    [Fact]
    public void Split_in_two_gives_the_first_two_of_many()
    {
        (RandomKey first, RandomKey second) = Key.Split();
        Assert.Equal([first, second], Key.Split(5)[..2]);
        Assert.Empty(Key.Split(0));
    }

    [Fact]
    public void Derived_keys_all_differ()
    {
        RandomKey[] keys =
        [
            Key, .. Key.Split(100), .. Enumerable.Range(-50, 100).Select(i => Key.Fold(i)), Key.Fold(""), Key.Fold("dropout"), Key.Fold("init"),
            Key.Fold(1).Fold(2), Key.Fold(2).Fold(1),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    // FNV-1a of "foobar" is 0xbf9cf968, and of "a" 0xe40c292c (the authors' published test values).
    [Theory, InlineData("foobar", 0xbf9cf968), InlineData("a", 0xe40c292c)]
    public void A_purpose_counts_by_its_hash(string purpose, uint hash)
    {
        (uint word0, uint word1) = Ashlar.Randomness.Threefry.Evaluate(Key.Key0, Key.Key1, 0xFFFF_FFFD, hash);
        Assert.Equal(new RandomKey(word0, word1), Key.Fold(purpose));
    }

    [Fact]
    public void A_negative_count_is_an_error()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Key.Split(-2));
        Assert.StartsWith("RandomKey.Split: the count is -2. It must be at least 0.", error.Message, StringComparison.Ordinal);
    }
}
