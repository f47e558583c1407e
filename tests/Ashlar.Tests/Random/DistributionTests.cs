using System.Text.Json;
using Ashlar.Schedule;
using Ashlar.Tests.Law;

namespace Ashlar.Tests.Random;

/// <summary>Every distribution with parameters against SciPy, at several of them.</summary>
public sealed class DistributionTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(2025);
    static readonly Shape Many = new(10_000);

    static readonly Dictionary<string, Func<double[], Shape, DType, Tensor>> Continuous = new()
    {
        ["gamma"] = (p, shape, type) => Tensor.RandomGamma(Key, p[0], shape, type),
        ["beta"] = (p, shape, type) => Tensor.RandomBeta(Key, p[0], p[1], shape, type),
        ["chi2"] = (p, shape, type) => Tensor.RandomChiSquare(Key, p[0], shape, type),
        ["t"] = (p, shape, type) => Tensor.RandomStudentT(Key, p[0], shape, type),
        ["pareto"] = (p, shape, type) => Tensor.RandomPareto(Key, p[0], shape, type),
        ["weibull"] = (p, shape, type) => Tensor.RandomWeibull(Key, p[0], shape, type),
        ["lognormal"] = (p, shape, type) => Tensor.RandomLogNormal(Key, shape, 0, p[0], type),
        ["halfnormal"] = (_, shape, type) => Tensor.RandomHalfNormal(Key, shape, 1, type),
        ["rayleigh"] = (_, shape, type) => Tensor.RandomRayleigh(Key, shape, type),
    };

    static readonly Dictionary<string, Func<double[], Shape, Tensor>> Discrete = new()
    {
        ["poisson"] = (p, shape) => Tensor.RandomPoisson(Key, p[0], shape),
        ["binomial"] = (p, shape) => Tensor.RandomBinomial(Key, (long)p[0], p[1], shape),
        ["negativebinomial"] = (p, shape) => Tensor.RandomNegativeBinomial(Key, p[0], p[1], shape),
        ["geometric"] = (p, shape) => Tensor.RandomGeometric(Key, p[0], shape),
    };

    public static TheoryData<string> ContinuousNames => [.. Continuous.Keys];

    public static TheoryData<string> DiscreteNames => [.. Discrete.Keys];

    // One of 1,000 keys would exceed a bound; a lower bound tells a sample that is too even to be random.
    [Theory, MemberData(nameof(ContinuousNames))]
    public void Continuous_samples_follow_their_distribution(string name)
    {
        foreach (JsonElement row in Rows("continuous", name))
        {
            foreach (DType type in (DType[])[DType.Float32, DType.Float64])
            {
                double[] x = Draw(row, Many, type);
                Assert.InRange(DistributionTable.Continuous(x, row), -3.1, 3.1);
                Assert.InRange(DistributionTable.KolmogorovSmirnov(x, row), 0.2, 1.95);
            }
        }
    }

    // By a tenth of the distance between the outer eighths: less than half a deviation.
    [Theory, MemberData(nameof(ContinuousNames))]
    public void The_tests_tell_a_shifted_sample(string name)
    {
        foreach (JsonElement row in Rows("continuous", name))
        {
            double[] quantiles = DistributionTable.Numbers(row.GetProperty("quantiles"));
            double shift = (quantiles[55] - quantiles[7]) / 10;
            double[] x = [.. Draw(row, Many, DType.Float64).Select(value => value + shift)];
            Assert.True(DistributionTable.Continuous(x, row) > 3.1);
            Assert.True(DistributionTable.KolmogorovSmirnov(x, row) > 1.95);
        }
    }

    [Theory, MemberData(nameof(DiscreteNames))]
    public void Counts_follow_their_distribution(string name)
    {
        foreach (JsonElement row in Rows("discrete", name))
        {
            double[] x = Draw(row, Many);
            Assert.InRange(DistributionTable.Discrete(x, row), -3.1, 3.1);
            double step = Math.Ceiling((x.Max() - x.Min()) / 40);
            Assert.True(DistributionTable.Discrete([.. x.Select(value => value + step)], row) > 3.1);
        }
    }

    [Theory, MemberData(nameof(ContinuousNames)), MemberData(nameof(DiscreteNames))]
    public void An_element_depends_on_the_key_and_its_place_alone(string name)
    {
        JsonElement row = Rows(name)[0];
        double[] longer = Draw(row, new Shape(500));
        Assert.Equal(longer[..7], Draw(row, new Shape(7)));
        Assert.Equal(longer[..60], Draw(row, new Shape(5, 12)));
        Assert.Empty(Draw(row, new Shape(0, 3)));
        Assert.Equal(longer[..1], Draw(row, Shape.Scalar));
    }

    [Theory, MemberData(nameof(ContinuousNames)), MemberData(nameof(DiscreteNames))]
    public void Threads_and_fusion_do_not_show(string name)
    {
        JsonElement row = Rows(name)[^1];
        Executions.Agree(
            options =>
            {
                using IDisposable scope = Execution.Use(options);
                return string.Join(" ", Draw(row, new Shape(300)).Select(BitConverter.DoubleToInt64Bits));
            },
            name);
    }

    [Fact]
    public void Neighbours_of_other_parameters_do_not_show()
    {
        double[] rates = [0.5, 3, 9.99, 10, 50, 1e6, 0];
        double[] mixed = Doubles(Tensor.RandomPoisson(Key, Tensor.From(rates, 7), new Shape(100, 7)));
        double[] alone = Doubles(Tensor.RandomPoisson(Key, 50, new Shape(100, 7)));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => alone[(i * 7) + 4]), Enumerable.Range(0, 100).Select(i => mixed[(i * 7) + 4]));
        Tensor each = Transform.Vmap(rate => Tensor.RandomPoisson(Key, rate, new Shape(20)))(Tensor.From(rates, 7));
        for (int i = 0; i < rates.Length; i++)
        {
            Assert.Equal(Doubles(Tensor.RandomPoisson(Key, rates[i], new Shape(20))), Doubles(each)[(i * 20)..((i + 1) * 20)]);
        }
    }

    [Fact]
    public void Signs_are_equally_likely()
    {
        Tensor signs = Tensor.RandomRademacher(Key, Many);
        Assert.Equal(0, signs.Sum().Item<float>(), 400.0);
        Assert.Equal(10_000, (signs * signs).Sum().Item<float>());
    }

    [Fact]
    public void Counts_at_the_borders_are_certain()
    {
        Shape few = new(50);
        Assert.All(Doubles(Tensor.RandomPoisson(Key, 0, few)), k => Assert.Equal(0, k));
        Assert.All(Doubles(Tensor.RandomBinomial(Key, 9, 0, few)), k => Assert.Equal(0, k));
        Assert.All(Doubles(Tensor.RandomBinomial(Key, 1000, 1, few)), k => Assert.Equal(1000, k));
        Assert.All(Doubles(Tensor.RandomBinomial(Key, 0, 0.5, few)), k => Assert.Equal(0, k));
        Assert.All(Doubles(Tensor.RandomGeometric(Key, 1, few)), k => Assert.Equal(1, k));
        Assert.All(Doubles(Tensor.RandomNegativeBinomial(Key, 3, 1, few)), k => Assert.Equal(0, k));

        // Within 6 deviations of the largest count that is drawn.
        Assert.All(Doubles(Tensor.RandomPoisson(Key, 1L << 53, few)), k => Assert.Equal(1L << 53, k, 6 * 9.5e7));
        Assert.All(Doubles(Tensor.RandomBinomial(Key, 1L << 53, 0.5, few)), k => Assert.Equal(1L << 52, k, 6 * 4.8e7));
    }

    [Fact]
    public void Impossible_elements_are_marked_and_end()
    {
        Tensor bad = Tensor.From([double.NaN, -1, double.PositiveInfinity], 3);
        Assert.All(Doubles(Tensor.RandomGamma(Key, bad)), x => Assert.True(double.IsNaN(x)));
        Assert.All(Doubles(Tensor.RandomPoisson(Key, bad)), k => Assert.Equal(-1, k));
        Assert.All(Doubles(Tensor.RandomBinomial(Key, bad, Tensor.Scalar(0.5))), k => Assert.Equal(-1, k));
        Assert.All(Doubles(Tensor.RandomBinomial(Key, Tensor.Scalar(7), bad)), k => Assert.Equal(-1, k));
        Assert.All(Doubles(Tensor.RandomGeometric(Key, bad)), k => Assert.Equal(-1, k));
    }

    [Fact]
    public void Impossible_parameters_are_refused()
    {
        Assert.StartsWith("RandomGamma: the concentration is -1. It must be positive and finite.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomGamma(Key, -1, Many)).Message);
        Assert.StartsWith("RandomPoisson: the rate is NaN.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomPoisson(Key, double.NaN, Many)).Message);
        Assert.StartsWith("RandomBinomial: -1 trials with probability 0.5.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomBinomial(Key, -1, 0.5, Many)).Message);
        Assert.StartsWith("RandomNegativeBinomial: 1 successes with probability 0.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomNegativeBinomial(Key, 1, 0, Many)).Message);
        Assert.StartsWith("RandomGeometric: the probability is 0.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomGeometric(Key, 0, Many)).Message);
        Assert.StartsWith("RandomDirichlet: the concentrations [] have no axis", Assert.Throws<ShapeException>(() => Tensor.RandomDirichlet(Key, Tensor.Scalar(1))).Message);
        Assert.StartsWith("RandomGamma: int32 holds no fractions.", Assert.Throws<DTypeException>(() => Tensor.RandomGamma(Key, Tensor.Arange(3))).Message);
    }

    static JsonElement[] Rows(string kind, string name) => [.. DistributionTable.Root.GetProperty(kind).EnumerateArray().Where(row => row.GetProperty("name").GetString() == name)];

    static JsonElement[] Rows(string name) => Rows(Continuous.ContainsKey(name) ? "continuous" : "discrete", name);

    static double[] Draw(JsonElement row, Shape shape, DType type = DType.Float64)
    {
        string name = row.GetProperty("name").GetString()!;
        double[] parameters = DistributionTable.Numbers(row.GetProperty("parameters"));
        return Doubles(Continuous.TryGetValue(name, out Func<double[], Shape, DType, Tensor>? draw) ? draw(parameters, shape, type) : Discrete[name](parameters, shape));
    }

    static double[] Doubles(Tensor x) => x.To(DType.Float64).ToArray<double>();
}
