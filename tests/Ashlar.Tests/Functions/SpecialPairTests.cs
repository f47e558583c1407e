namespace Ashlar.Tests.Functions;

/// <summary>Functions of two arguments at all pairs of special values, by the platform's, which follow IEEE 754-2019, section 9.2.1.</summary>
public sealed class SpecialPairTests
{
    static readonly double[] Special =
    [
        0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 1e-310,
    ];

    [Theory]
    [InlineData("atan2")]
    [InlineData("hypot")]
    public void Special_pairs_give_what_IEEE_754_asks(string name)
    {
        (double X, double Y)[] pairs = [.. from x in Special from y in Special select (x, y)];
        double[] found = Unary.Apply(name, Tensor.From(pairs.Select(p => p.X).ToArray(), pairs.Length), Tensor.From(pairs.Select(p => p.Y).ToArray(), pairs.Length)).ToArray<double>();
        for (int i = 0; i < pairs.Length; i++)
        {
            double expected = name == "atan2" ? Math.Atan2(pairs[i].X, pairs[i].Y) : double.Hypot(pairs[i].X, pairs[i].Y);
            double ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            bool near = expected != 0 && double.IsFinite(expected) && Math.Abs(found[i] - expected) <= ulp;
            Assert.True(near || BitConverter.DoubleToInt64Bits(found[i]) == BitConverter.DoubleToInt64Bits(expected) || (double.IsNaN(found[i]) && double.IsNaN(expected)),
                $"{name}({pairs[i].X:R}, {pairs[i].Y:R}) is {found[i]:R}, not {expected:R}.");
        }
    }

    [Fact]
    public void Powers_of_two_and_ten_and_cubes_are_exact()
    {
        double[] whole = [.. Enumerable.Range(-1074, 2098).Select(n => (double)n)];
        Tensor powers = Tensor.From(whole, whole.Length).Exp2();
        Assert.Equal(whole.Select(n => Math.ScaleB(1, (int)n)), powers.ToArray<double>());
        Assert.Equal(whole, powers.Log2().ToArray<double>());
        double[] tens = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];
        Assert.Equal(Enumerable.Range(0, 23).Select(n => (double)n), Tensor.From(tens, tens.Length).Log10().ToArray<double>());
        double[] roots = [.. Enumerable.Range(-2000, 4001).Select(n => (double)n)];
        Assert.Equal(roots, Tensor.From(roots.Select(n => n * n * n).ToArray(), roots.Length).Cbrt().ToArray<double>());
        float[] singles = [.. Enumerable.Range(-255, 511).Select(n => (float)n)];
        Assert.Equal(singles, Tensor.From(singles.Select(n => n * n * n).ToArray(), singles.Length).Cbrt().ToArray<float>());
    }
}
