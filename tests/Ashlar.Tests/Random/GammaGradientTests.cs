using System.Text.Json;

namespace Ashlar.Tests.Random;

public sealed class GammaGradientTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(11);

    // Measured: 1.7e-10 at most over 1,900 points, where the trapezoid rule is coarsest for its integrand, near α = 1 and z = 1.6.
    [Fact]
    public void Slopes_are_those_of_the_quantile_function()
    {
        foreach (JsonElement row in DistributionTable.Root.GetProperty("slopes").EnumerateArray())
        {
            double[] values = DistributionTable.Numbers(row);
            Tensor alpha = Tensor.Scalar(values[0], DType.Float64);
            double slope = GammaSlope.OfLog(alpha, Tensor.Scalar(values[1], DType.Float64).Log()).Item<double>();
            Assert.True(Math.Abs((slope / values[2]) - 1) < 2e-10, $"alpha {values[0]}, z {values[1]}: {slope} instead of {values[2]}.");
        }
    }

    // E z = α and E z² = α (α + 1): the means of the gradients of 20,000 samples are near 1 and 2α + 1.
    [Theory, InlineData(0.4), InlineData(3.0), InlineData(200.0)]
    public void Gradients_of_means_are_those_of_the_moments(double alpha)
    {
        Tensor at = Tensor.Scalar(alpha, DType.Float64);
        Shape many = new(20_000);
        Tensor first = Transform.Gradient(a => Tensor.RandomGamma(Key, a, many).Mean())(at);
        Tensor second = Transform.Gradient(a => Tensor.RandomGamma(Key, a, many).Square().Mean())(at);
        Assert.Equal(1, first.Item<double>(), 0.03);
        Assert.Equal(1, second.Item<double>() / ((2 * alpha) + 1), 0.1);
    }

    // d²z/dα² by central differences of dz/dα along the quantile: z(α ± h) = z ± h z' + h²/2 z''.
    [Fact]
    public void Slopes_have_slopes()
    {
        foreach ((double alpha, double sample) in ((double, double)[])[(0.7, 0.2), (3, 2.5), (8, 7.1), (8, 12)])
        {
            Tensor z = Tensor.Scalar(sample, DType.Float64).Log();
            Func<Tensor, Tensor> slope = a => GammaSlope.OfLog(a, z);
            double exact = Transform.Gradient(slope)(Tensor.Scalar(alpha, DType.Float64)).Item<double>();
            double near = (slope(Tensor.Scalar(alpha + 1e-4, DType.Float64)) - slope(Tensor.Scalar(alpha - 1e-4, DType.Float64))).Item<double>() / 2e-4;
            Assert.Equal(1, exact / near, 1e-5);
        }
    }

    [Fact]
    public void What_is_made_of_gamma_numbers_has_its_gradients()
    {
        Shape many = new(20_000);
        Tensor a = Tensor.Scalar(2, DType.Float64);
        Tensor b = Tensor.Scalar(3, DType.Float64);

        // E beta = a / (a + b), so its slope in a is b / (a + b)²; E χ² = ν; E t² = ν / (ν - 2).
        Assert.Equal(0.12, Transform.Gradient(x => Tensor.RandomBeta(Key, x, b, many).Mean())(a).Item<double>(), 0.005);
        Assert.Equal(1, Transform.Gradient(x => Tensor.RandomChiSquare(Key, x, many).Mean())(b).Item<double>(), 0.03);
        Assert.Equal(-2 / 324.0, Transform.Gradient(x => Tensor.RandomStudentT(Key, x, many).Square().Mean())(Tensor.Scalar(20, DType.Float64)).Item<double>(), 0.002);
        Tensor rows = Transform.Jacobian(x => Tensor.RandomDirichlet(Key, x, new Shape(20_000)).Mean([0]))(Tensor.From([1.0, 2, 5], 3));
        Assert.Equal(7 / 64.0, rows.ToArray<double>()[0], 0.01);
        Assert.Equal(0, rows.Sum([0]).Abs().Max().Item<double>(), 1e-12);
    }

    [Fact]
    public void Tiny_concentrations_stay_finite()
    {
        Tensor tiny = Tensor.Full(new Shape(4), 1e-4);
        Tensor shares = Tensor.RandomDirichlet(Key, tiny, new Shape(100));
        Assert.True(shares.IsFinite().All().Item<bool>());
        Assert.Equal(100, shares.Sum().Item<float>(), 1e-3);
        Assert.True(Transform.Gradient(a => Tensor.RandomGamma(Key, a, new Shape(100, 4)).Sum())(tiny).IsFinite().All().Item<bool>());
        Assert.True(Transform.Gradient(a => Tensor.RandomBeta(Key, a, a, new Shape(100, 4)).Sum())(tiny).IsFinite().All().Item<bool>());
    }

    [Fact]
    public void Batches_and_forward_mode_pass()
    {
        Tensor alphas = Tensor.From([0.5, 2, 30], 3);
        Func<Tensor, Tensor> draw = a => Tensor.RandomGamma(Key, a, new Shape(10));
        double[] each = Transform.Vmap(draw)(alphas).ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            Tensor alpha = Tensor.Scalar(alphas.ToArray<double>()[i], DType.Float64);
            Assert.Equal(draw(alpha).ToArray<double>(), each[(i * 10)..((i + 1) * 10)]);
            (_, Tensor tangent) = Transform.Jvp(draw, alpha, Tensor.Scalar(1, DType.Float64));
            Assert.Equal(Transform.Gradient(a => draw(a).Sum())(alpha).Item<double>(), tangent.Sum().Item<double>(), 1e-9);
        }
    }
}
