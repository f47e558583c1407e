namespace Ashlar.Tests.Random;

public sealed class RandomGeneratorTests
{
    [Fact]
    public void Equal_seeds_give_equal_draws_and_a_position_goes_on()
    {
        var one = new RandomGenerator(3);
        float[] first = one.Normal(new Shape(5)).ToArray<float>();
        float[] second = one.Normal(new Shape(5)).ToArray<float>();
        Assert.NotEqual(first, second);
        var other = new RandomGenerator(3);
        Assert.Equal(first, other.Normal(new Shape(5)).ToArray<float>());
        Assert.Equal(second, new RandomGenerator(3, other.Position).Normal(new Shape(5)).ToArray<float>());
        Assert.Equal(first, Tensor.RandomNormal(RandomKey.FromSeed(3).Fold(0), new Shape(5)).ToArray<float>());
    }

    [Fact]
    public void Spawned_generators_are_independent()
    {
        var root = new RandomGenerator(3);
        RandomGenerator[] all = [root.Spawn(), root.Spawn(), root];
        Assert.Equal(3, all.Select(generator => generator.Uniform(Shape.Scalar).Item<float>()).Distinct().Count());
        Assert.Equal((2 + 1, 1), (root.Position, all[0].Position));
    }

    [Fact]
    public void Threads_share_no_key()
    {
        var shared = new RandomGenerator(9);
        var keys = new RandomKey[4][];
        Thread[] threads = [.. keys.Select((_, i) => new Thread(() => keys[i] = [.. Enumerable.Range(0, 1000).Select(_ => shared.NextKey())]))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(4000, keys.SelectMany(each => each).Distinct().Count());
        Assert.Equal(4000, shared.Position);
    }

    [Fact]
    public void Its_end_is_an_error()
    {
        var last = new RandomGenerator(1, int.MaxValue);
        Assert.StartsWith("RandomGenerator: all keys of the seed 1 are used.", Assert.Throws<InvalidOperationException>(() => last.NextKey()).Message);
        Assert.StartsWith("RandomGenerator: the position is -1.", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomGenerator(1, -1)).Message);
    }
}
