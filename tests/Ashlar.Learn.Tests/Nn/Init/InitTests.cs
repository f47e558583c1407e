using Ashlar.Nn.Init;

namespace Ashlar.Learn.Tests.Nn.Init;

public sealed class InitTests : ReferenceScope
{
    static readonly RandomKey Key = RandomKey.FromSeed(1);
    static readonly Shape Weight = new(40, 20, 3, 3);

    // 7,200 draws: the standard deviation of the sample's is about 0.8 % of it, for a fixed key.
    [Fact]
    public void Kaiming_has_the_spread_of_its_formula()
    {
        AssertUniform(Kaiming.Uniform(Key, Weight), Math.Sqrt(6.0 / 180));
        AssertUniform(Kaiming.Uniform(Key, Weight, Math.Sqrt(5)), Math.Sqrt(1.0 / 180));
        AssertSpread(Kaiming.Normal(Key, Weight), Math.Sqrt(2.0 / 180));
        AssertSpread(Kaiming.Normal(Key, Weight, slope: 1), Math.Sqrt(1.0 / 180));
    }

    [Fact]
    public void Xavier_has_the_spread_of_its_formula()
    {
        AssertUniform(Xavier.Uniform(Key, Weight), Math.Sqrt(6.0 / 540));
        AssertUniform(Xavier.Uniform(Key, Weight, gain: 2), 2 * Math.Sqrt(6.0 / 540));
        AssertSpread(Xavier.Normal(Key, Weight), Math.Sqrt(2.0 / 540));
    }

    [Fact]
    public void Xavier_refuses_what_is_no_weight()
    {
        var error = Assert.Throws<ShapeException>(() => Xavier.Normal(Key, new Shape(3)));
        Assert.Equal("Xavier: [3] is no weight. Give [outputs, inputs] or [outputs, inputs, window].", error.Message);
    }

    static void AssertUniform(Tensor weight, double bound)
    {
        Assert.All(weight.ToArray<float>(), value => Assert.InRange(value, -bound * 1.000001, bound * 1.000001));
        AssertSpread(weight, bound / Math.Sqrt(3));
    }

    static void AssertSpread(Tensor weight, double deviation)
    {
        float[] values = weight.ToArray<float>();
        Assert.Equal(0, values.Average() / deviation, 0.05);
        Assert.Equal(1, Math.Sqrt(values.Average(value => (double)value * value)) / deviation, 0.03);
    }
}
