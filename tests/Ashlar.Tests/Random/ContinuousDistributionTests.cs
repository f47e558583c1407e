namespace Ashlar.Tests.Random;

public sealed class ContinuousDistributionTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(2024);
    static readonly Shape Many = new(200, 100);

    static readonly Dictionary<string, (Func<RandomKey, Shape, DType, Tensor> Draw, Func<double, double> Distribution)> Distributions = new()
    {
        ["uniform"] = ((key, shape, type) => Tensor.RandomUniform(key, shape, -1, 3, type), x => (x + 1) / 4),
        ["normal"] = ((key, shape, type) => Tensor.RandomNormal(key, shape, 0, 1, type), Normal),
        ["truncated normal"] = ((key, shape, type) => Tensor.RandomTruncatedNormal(key, shape, -1, 2, type), x => (Normal(x) - Normal(-1)) / (Normal(2) - Normal(-1))),
        ["exponential"] = (Tensor.RandomExponential, x => 1 - Math.Exp(-x)),
        ["Gumbel"] = (Tensor.RandomGumbel, x => Math.Exp(-Math.Exp(-x))),
        ["Laplace"] = (Tensor.RandomLaplace, x => x < 0 ? 0.5 * Math.Exp(x) : 1 - (0.5 * Math.Exp(-x))),
        ["logistic"] = (Tensor.RandomLogistic, x => 1 / (1 + Math.Exp(-x))),
        ["Cauchy"] = (Tensor.RandomCauchy, x => 0.5 + (Math.Atan(x) / Math.PI)),
    };

    public static TheoryData<string> Names => [.. Distributions.Keys];

    // 20,000 draws under a fixed key; one of 1,000 keys would exceed the bound.
    [Theory, MemberData(nameof(Names))]
    public void Samples_follow_their_distribution(string name)
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            double[] x = Distributions[name].Draw(Key, Many, type).To(DType.Float64).ToArray<double>();
            Assert.All(x, value => Assert.True(double.IsFinite(value)));
            Assert.InRange(KolmogorovSmirnov.Statistic(x, Distributions[name].Distribution), 0.2, 1.95);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_test_tells_a_shifted_sample(string name)
    {
        double[] x = Distributions[name].Draw(Key, Many, DType.Float64).ToArray<double>();
        Assert.True(KolmogorovSmirnov.Statistic([.. x.Select(value => value + 0.1)], Distributions[name].Distribution) > 1.95);
    }

    [Fact]
    public void A_truncated_normal_stays_between_its_cuts()
    {
        float[] x = Tensor.RandomTruncatedNormal(Key, Many, 1, 1.5).ToArray<float>();
        Assert.All(x, value => Assert.InRange(value, 1f, 1.5f));
        Assert.StartsWith("RandomTruncatedNormal: nothing lies between 2 and 2.", Assert.Throws<ArgumentException>(() => Tensor.RandomTruncatedNormal(Key, Many, 2, 2)).Message);
    }

    static double Normal(double x) => 0.5 * (1 + Tensor.Scalar(x / Math.Sqrt(2), DType.Float64).Erf().Item<double>());
}
