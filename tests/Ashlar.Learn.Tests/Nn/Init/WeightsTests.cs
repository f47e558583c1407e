using Ashlar.Nn.Init;

namespace Ashlar.Learn.Tests.Nn.Init;

public sealed class WeightsTests : ReferenceScope
{
    static readonly RandomKey Key = RandomKey.FromSeed(1);

    // Householder's q is orthonormal to a few units in the last place of 1, 6·10⁻⁸ in float32, times the extent.
    [Theory, InlineData(12, 12), InlineData(20, 7), InlineData(7, 20)]
    public void Orthogonal_weights_have_orthonormal_rows_or_columns(int rows, int columns)
    {
        Tensor w = Weights.Orthogonal(Key, new Shape(rows, columns), gain: 2);
        Tensor product = rows < columns ? w.MatMul(w.T) : w.T.MatMul(w);
        int few = Math.Min(rows, columns);
        float[] values = product.ToArray<float>();
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(i / few == i % few ? 4f : 0f, values[i], 1e-5f);
        }
    }

    [Fact]
    public void Orthogonal_weights_of_a_convolution_are_a_matrix_of_outputs_and_lean_to_no_side()
    {
        Assert.Equal(new Shape(4, 3, 2, 2), Weights.Orthogonal(Key, new Shape(4, 3, 2, 2)).Shape);
        float first = 0;
        for (int i = 0; i < 200; i++)
        {
            first += Weights.Orthogonal(Key.Fold(i), new Shape(3, 3)).ToArray<float>()[0];
        }

        // The mean of 200 elements with standard deviation 1/√3 has one of 0.041; the signs of q alone would give -0.5.
        Assert.Equal(0, first / 200, 0.12f);
    }

    // 20,000 draws: the standard deviation of a normal cut at 2 is 0.8796.
    [Fact]
    public void A_truncated_normal_stays_inside_and_has_its_spread()
    {
        float[] values = Weights.TruncatedNormal(Key, new Shape(20000), mean: 3, deviation: 0.5).ToArray<float>();
        Assert.All(values, value => Assert.InRange(value, 2f, 4f));
        Assert.Equal(3, values.Average(), 0.01);
        Assert.Equal(0.8796 * 0.5, Math.Sqrt(values.Average(value => (value - 3.0) * (value - 3))), 0.01);
    }

    [Fact]
    public void Sparse_weights_have_the_share_of_zeros_in_each_column()
    {
        float[] values = Weights.Sparse(Key, new Shape(10, 6), 0.25, deviation: 1).ToArray<float>();
        for (int column = 0; column < 6; column++)
        {
            Assert.Equal(3, Enumerable.Range(0, 10).Count(row => values[(row * 6) + column] == 0));
        }
    }

    [Fact]
    public void Eye_and_Dirac_pass_their_inputs()
    {
        Assert.Equal([1f, 0, 0, 0, 1, 0], Weights.Eye(new Shape(2, 3)).ToArray<float>());
        Assert.Equal([0f, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], Weights.Dirac(new Shape(2, 2, 3)).ToArray<float>());
    }

    [Fact]
    public void Constant_uniform_and_normal_have_their_moments()
    {
        Assert.Equal([2.5f, 2.5f], Weights.Constant(new Shape(2), 2.5).ToArray<float>());

        // 20,000 draws: standard errors are 0.004 and 0.007.
        Assert.Equal(2, Weights.Uniform(Key, new Shape(20000), 1, 3).ToArray<float>().Average(), 0.015);
        Assert.Equal(-1, Weights.Normal(Key, new Shape(20000), -1, 1).ToArray<float>().Average(), 0.03);
    }

    [Fact]
    public void Gains_are_those_of_the_activations()
    {
        Assert.Equal(1, Gain.Linear);
        Assert.Equal(5.0 / 3, Gain.Tanh);
        Assert.Equal(1.4142135623730951, Gain.ReLU);
        Assert.Equal(0.75, Gain.SELU);
        Assert.Equal(1.4141428569978354, Gain.LeakyReLU(), 1e-15);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "orthogonal", "Orthogonal: [3] is no weight. Give [outputs, inputs] or [outputs, inputs, window]." },
        { "eye", "Eye: [3] is no matrix. Give [outputs, inputs]." },
        { "dirac", "Dirac: [3, 3] is no weight of a convolution. Give [outputs, inputs, window]." },
        { "sparse", "Sparse: the share 2 lies outside 0 … 1. Give the share of zeros. (Parameter 'sparsity')" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void What_is_no_weight_is_refused(string mistake, string message)
    {
        Action act = mistake switch
        {
            "orthogonal" => () => Weights.Orthogonal(Key, new Shape(3)),
            "eye" => () => Weights.Eye(new Shape(3)),
            "dirac" => () => Weights.Dirac(new Shape(3, 3)),
            _ => () => Weights.Sparse(Key, new Shape(3, 3), 2),
        };
        Assert.Equal(message, Assert.ThrowsAny<Exception>(act).Message);
    }
}
