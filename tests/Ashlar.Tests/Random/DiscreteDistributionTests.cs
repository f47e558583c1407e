namespace Ashlar.Tests.Random;

public sealed class DiscreteDistributionTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(7);

    // 30,000 draws: the standard deviation of a share is below 0.003.
    [Theory, InlineData(0), InlineData(0.25), InlineData(1)]
    public void A_Bernoulli_draw_is_true_with_its_probability(double probability)
    {
        Assert.Equal(probability, Tensor.RandomBernoulli(Key, probability, new Shape(30_000)).ToArray<bool>().Average(hit => hit ? 1.0 : 0), 0.01);
        Assert.Equal(probability, Tensor.RandomBernoulli(Key, Tensor.Full(new Shape(30_000), probability)).ToArray<bool>().Average(hit => hit ? 1.0 : 0), 0.01);
    }

    [Fact]
    public void Whole_numbers_come_equally_often()
    {
        long[] x = Tensor.RandomInteger(Key, new Shape(30_000), -2, 4).ToArray<long>();
        Assert.InRange(ChiSquare([.. x.GroupBy(value => value).OrderBy(same => same.Key).Select(same => same.Count())], [.. Enumerable.Repeat(1 / 6.0, 6)]), 0.2, 20.5);
        Assert.Equal((-2, 3), (x.Min(), x.Max()));
    }

    [Fact]
    public void The_widest_range_of_whole_numbers_is_reached()
    {
        int[] x = Tensor.RandomInteger(Key, new Shape(10_000), int.MinValue, 0, DType.Int32).ToArray<int>();
        Assert.All(x, value => Assert.InRange(value, int.MinValue, -1));
        Assert.InRange(x.Min(), int.MinValue, int.MinValue + 2_000_000);
        Assert.InRange(x.Max(), -2_000_000, -1);
    }

    // Upper bounds: the 0.999 quantile of χ² with 5 and 3 degrees of freedom (20.5 and 16.3).
    [Fact]
    public void Categories_come_with_the_probabilities_of_their_logits()
    {
        double[] p = [0.5, 0.25, 0, 0.125, 0.125];
        Tensor logits = Tensor.From(Array.ConvertAll(p, value => (float)Math.Log(value)), 5);
        long[] x = Tensor.RandomCategorical(Key, logits, new Shape(30_000)).ToArray<long>();
        int[] counts = [.. Enumerable.Range(0, 5).Select(category => x.Count(value => value == category))];
        Assert.Equal(0, counts[2]);
        Assert.InRange(ChiSquare([counts[0], counts[1], counts[3], counts[4]], [0.5, 0.25, 0.125, 0.125]), 0.05, 16.3);
    }

    [Fact]
    public void Each_row_of_logits_has_its_own_draws()
    {
        Tensor logits = Tensor.From([0f, -1000, -1000, 0], 2, 2);
        Assert.Equal([0L, 1L], Tensor.RandomCategorical(Key, logits).ToArray<long>());
        Assert.Equal(new Shape(3, 4, 2), Tensor.RandomCategorical(Key, logits, new Shape(3, 4)).Shape);
    }

    [Fact]
    public void A_permutation_holds_every_number_once() =>
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), Tensor.RandomPermutation(Key, 100).ToArray<long>().Order());

    [Fact]
    public void Impossible_parameters_are_refused()
    {
        Assert.StartsWith("RandomBernoulli: 1.5 is no probability.", Assert.Throws<ArgumentException>(() => Tensor.RandomBernoulli(Key, 1.5, new Shape(2))).Message);
        Assert.StartsWith("RandomInteger: from 3 to 3", Assert.Throws<ArgumentException>(() => Tensor.RandomInteger(Key, new Shape(2), 3, 3)).Message);
        Assert.StartsWith("RandomInteger: from ", Assert.Throws<ArgumentException>(() => Tensor.RandomInteger(Key, new Shape(2), long.MinValue, long.MaxValue)).Message);
        Assert.StartsWith("RandomCategorical: the logits []", Assert.Throws<ShapeException>(() => Tensor.RandomCategorical(Key, Tensor.Scalar(1))).Message);
    }

    static double ChiSquare(int[] counts, double[] probabilities)
    {
        double n = counts.Sum();
        return counts.Zip(probabilities, (count, p) => (count - (n * p)) * (count - (n * p)) / (n * p)).Sum();
    }
}
