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
}
