using Ashlar.Randomness;
using Ashlar.Schedule;

namespace Ashlar.Tests.Random;

public sealed class TensorRandomTests : IDisposable
{
    static readonly RandomKey Key = RandomKey.FromSeed(42);
    static readonly Shape Many = new(100, 100);

    readonly IDisposable _reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });

    public void Dispose() => _reference.Dispose();

    [Fact]
    public void Bits_are_the_first_words_of_Threefry_at_the_elements_places()
    {
        int[] bits = Tensor.RandomBits(Key, new Shape(2, 3), stream: 5).ToArray<int>();
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (int)Threefry.Evaluate(Key.Key0, Key.Key1, 5, (uint)i).Word0), bits);
    }

    [Fact]
    public void A_uniform_float32_is_24_bits_as_a_fraction() =>
        Assert.Equal(
            Tensor.RandomBits(Key, Many).ToArray<int>().Select(bits => ((uint)bits >> 8) / 16777216f),
            Tensor.RandomUniform(Key, Many).ToArray<float>());

    [Fact]
    public void A_uniform_float64_is_53_bits_of_two_words_as_a_fraction() =>
        Assert.Equal(
            Tensor.RandomBits(Key, Many).ToArray<int>().Zip(Tensor.RandomBits(Key, Many, stream: 1).ToArray<int>(),
                (first, second) => (((ulong)((uint)first >> 5) << 26) | ((uint)second >> 6)) / 9007199254740992.0),
            Tensor.RandomUniform(Key, Many, type: DType.Float64).ToArray<double>());

    // 10,000 draws under a fixed key: the mean's standard deviation is 0.003 of the range, of a normal's 0.01 σ.
    [Fact]
    public void A_uniform_has_its_range_and_moments()
    {
        float[] x = Tensor.RandomUniform(Key, Many, -3, 5).ToArray<float>();
        Assert.All(x, value => Assert.InRange(value, -3, 5));
        Assert.Equal(1, x.Average(value => (double)value), 0.08);
        Assert.Equal(64 / 12.0, x.Average(value => (value - 1.0) * (value - 1.0)), 0.2);
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void A_normal_has_its_moments_and_tails(DType type)
    {
        double[] x = Tensor.RandomNormal(Key, Many, 2, 3, type).To(DType.Float64).ToArray<double>();
        double[] unit = [.. x.Select(value => (value - 2) / 3)];
        Assert.Equal(0, unit.Average(), 0.03);
        Assert.Equal(1, unit.Average(value => value * value), 0.05);
        Assert.Equal(0.6827, unit.Count(value => Math.Abs(value) < 1) / 1e4, 0.015);
        Assert.Equal(0.0455, unit.Count(value => Math.Abs(value) > 2) / 1e4, 0.008);
        Assert.All(unit, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Integers_hold_no_fractions()
    {
        var error = Assert.Throws<DTypeException>(() => Tensor.RandomNormal(Key, Many, type: DType.Int32));
        Assert.Equal("RandomNormal: int32 holds no fractions. Ask for float32 or float64 and cast the result.", error.Message);
    }
}
