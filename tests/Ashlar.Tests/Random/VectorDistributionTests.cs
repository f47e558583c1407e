using Ashlar.Schedule;
using Ashlar.Tests.Law;

namespace Ashlar.Tests.Random;

public sealed class VectorDistributionTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(5);
    static readonly Tensor Covariance = Tensor.From([4.0, 1.2, 1.2, 1.0], 2, 2);

    // 20,000 draws: deviations of the moments are below 0.015 of σσ'.
    [Fact]
    public void Normal_vectors_have_their_mean_and_covariance()
    {
        Tensor mean = Tensor.From([1.0, -2], 2);
        Tensor x = Tensor.RandomMultivariateNormal(Key, mean, Covariance, new Shape(20_000));
        Tensor centred = x - mean;
        Assert.True((centred.Mean([0]).Abs().Max() < 0.06).Item<bool>());
        Tensor found = centred.Permute(1, 0).MatMul(centred) / 20_000;
        Assert.True(((found - Covariance).Abs().Max() < 0.15).Item<bool>());
        Assert.Equal(x.Slice(0, 0, 6).ToArray<double>(), Tensor.RandomMultivariateNormal(Key, mean, Covariance, new Shape(2, 3)).ToArray<double>());
    }

    // E xᵀx = |μ|² + tr Σ.
    [Fact]
    public void Gradients_reach_mean_and_covariance()
    {
        Tensor mean = Tensor.From([1.0, -2], 2);
        Tensor byMean = Transform.Gradient(m => Tensor.RandomMultivariateNormal(Key, m, Covariance, new Shape(20_000)).Square().Sum([1]).Mean())(mean);
        Tensor byCovariance = Transform.Gradient(c => Tensor.RandomMultivariateNormal(Key, mean, c, new Shape(20_000)).Square().Sum([1]).Mean())(Covariance);
        Assert.True(((byMean - (mean * 2)).Abs().Max() < 0.1).Item<bool>());
        Assert.True(((byCovariance - Tensor.From([1.0, 0, 0, 1], 2, 2)).Abs().Max() < 0.1).Item<bool>());
    }

    [Fact]
    public void Parameters_of_normal_vectors_broadcast()
    {
        Assert.Equal(new Shape(5, 3, 2), Tensor.RandomMultivariateNormal(Key, Tensor.Zeros(new Shape(3, 2), DType.Float64), Covariance.BroadcastTo(new Shape(5, 1, 2, 2))).Shape);
        Assert.StartsWith("RandomMultivariateNormal: the mean is [3], the covariance [2, 2].",
            Assert.Throws<ShapeException>(() => Tensor.RandomMultivariateNormal(Key, Tensor.Zeros(new Shape(3), DType.Float64), Covariance)).Message);
    }

    // Of 1,000 rows of 100 trials: deviations of the mean counts are at most 0.16.
    [Fact]
    public void Multinomial_counts_sum_to_the_trials_and_have_their_means()
    {
        double[] weights = [1, 0, 5, 3, 1, 0];
        Tensor counts = Tensor.RandomMultinomial(Key, 100, Tensor.From(weights, 6), new Shape(1000));
        Assert.Equal(new Shape(1000, 6), counts.Shape);
        Assert.True(counts.Sum([1]).EqualTo(Tensor.Full(new Shape(1000), 100, DType.Int64)).All().Item<bool>());
        Assert.True((counts >= 0).All().Item<bool>());
        double[] means = counts.To(DType.Float64).Mean([0]).ToArray<double>();
        double[] variances = counts.To(DType.Float64).Var([0]).ToArray<double>();
        for (int i = 0; i < 6; i++)
        {
            double p = weights[i] / 10;
            Assert.Equal(100 * p, means[i], 0.6);
            Assert.Equal(100 * p * (1 - p), variances[i], 4.0);
        }
    }

    [Fact]
    public void Trials_and_weights_of_a_multinomial_broadcast_and_impossible_ones_are_marked()
    {
        Tensor weights = Tensor.From([1f, 1, -1, 2, 0, 0], 3, 2);
        Tensor counts = Tensor.RandomMultinomial(Key, Tensor.From([10, 1000], 2, 1), weights);
        Assert.Equal(new Shape(2, 3, 2), counts.Shape);
        Assert.Equal([10L, -2, -2, 1000, -2, -2], counts.Sum([2]).ToArray<long>());
        Assert.Equal(0, Tensor.RandomMultinomial(Key, 5, weights, new Shape(0, 3)).Size);
        Assert.StartsWith("RandomMultinomial: -5 trials.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomMultinomial(Key, -5, weights)).Message);
        Assert.StartsWith("RandomMultinomial: the weights are [].", Assert.Throws<ShapeException>(() => Tensor.RandomMultinomial(Key, 5, Tensor.Scalar(1))).Message);
    }

    // Var Wᵢⱼ = ν (Vᵢⱼ² + Vᵢᵢ Vⱼⱼ); means of 20,000 lie within 4 deviations.
    [Fact]
    public void Wishart_matrices_have_their_mean_and_variance()
    {
        Tensor freedom = Tensor.Scalar(3.5, DType.Float64);
        Tensor w = Tensor.RandomWishart(Key, freedom, Covariance, new Shape(20_000));
        double[] v = Covariance.ToArray<double>();
        double[] means = w.Mean([0]).ToArray<double>();
        double[] variances = w.Var([0]).ToArray<double>();
        for (int i = 0; i < 4; i++)
        {
            double variance = 3.5 * ((v[i] * v[i]) + (v[i / 2 * 3] * v[i % 2 * 3]));
            Assert.Equal(3.5 * v[i], means[i], 4 * Math.Sqrt(variance / 20_000));
            Assert.Equal(1, variances[i] / variance, 0.1);
        }

        Tensor slope = Transform.Gradient(f => Tensor.RandomWishart(Key, f, Covariance, new Shape(20_000)).Mean([0]).Sum())(freedom);
        Assert.Equal(v.Sum(), slope.Item<double>(), 0.3);
        Assert.True(Tensor.RandomWishart(Key, Tensor.Scalar(0.9, DType.Float64), Covariance).IsNaN().Any().Item<bool>());
    }

    [Fact]
    public void Threads_and_fusion_do_not_show()
    {
        Tensor weights = Tensor.From([0.5, 1, 2, 0.1], 4);
        Dictionary<string, Func<Tensor>> draws = new()
        {
            ["multinomial"] = () => Tensor.RandomMultinomial(Key, 90, weights, new Shape(50)),
            ["normal"] = () => Tensor.RandomMultivariateNormal(Key, Tensor.Zeros(new Shape(2), DType.Float64), Covariance, new Shape(50)),
            ["Wishart"] = () => Tensor.RandomWishart(Key, Tensor.Scalar(4, DType.Float64), Covariance, new Shape(50)),
            ["Dirichlet"] = () => Tensor.RandomDirichlet(Key, weights, new Shape(50)),
            ["choice"] = () => Tensor.RandomChoice(Key, weights, new Shape(50), probabilities: weights),
            ["few"] = () => Tensor.RandomChoice(Key, 200, new Shape(50), replace: false),
            ["permutation"] = () => Tensor.RandomPermutation(Key, weights.BroadcastTo(new Shape(50, 4)), 1, independent: true),
        };
        foreach ((string name, Func<Tensor> draw) in draws)
        {
            Executions.Agree(
                options =>
                {
                    using IDisposable scope = Execution.Use(options);
                    return string.Join(" ", draw().To(DType.Float64).ToArray<double>().Select(BitConverter.DoubleToInt64Bits));
                },
                name);
        }
    }

    [Fact]
    public void A_batch_draws_as_each_example_does()
    {
        Tensor weights = Tensor.From([0.5, 1, 2, 0.1, 7, 1], 2, 3);
        Func<Tensor, Tensor> draw = p => Tensor.RandomMultinomial(Key, 40, p, new Shape(5));
        long[] batch = Transform.Vmap(draw)(weights).ToArray<long>();
        Assert.Equal([.. draw(weights[0]).ToArray<long>(), .. draw(weights[1]).ToArray<long>()], batch);
        Func<Tensor, Tensor> choose = p => Tensor.RandomChoice(Key, 3, new Shape(2), replace: false, p);
        long[] chosen = Transform.Vmap(choose)(weights).ToArray<long>();
        Assert.Equal([.. choose(weights[0]).ToArray<long>(), .. choose(weights[1]).ToArray<long>()], chosen);
        Func<Tensor, Tensor> again = p => Tensor.RandomChoice(Key, 3, new Shape(9), probabilities: p);
        long[] repeated = Transform.Vmap(again)(weights).ToArray<long>();
        Assert.Equal([.. again(weights[0]).ToArray<long>(), .. again(weights[1]).ToArray<long>()], repeated);
    }
}
