namespace Ashlar.Tests.Functions;

/// <summary>x^y at all pairs of special values, and in float32 over random pairs with finite results.</summary>
public sealed class PowTests
{
    static readonly double[] Special =
    [
        0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 2.5, -2.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        9007199254740991, 9007199254740992, -9007199254740991, 4503599627370496.5, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue,
    ];

    // The platform's pow is right at these arguments by IEEE 754-2019, section 9.2.1; at the others both are rounded.
    [Fact]
    public void Special_pairs_give_what_IEEE_754_asks()
    {
        (double X, double Y)[] pairs = [.. from x in Special from y in Special select (x, y)];
        double[] found = Tensor.From(pairs.Select(p => p.X).ToArray(), pairs.Length).Pow(Tensor.From(pairs.Select(p => p.Y).ToArray(), pairs.Length)).ToArray<double>();
        for (int i = 0; i < pairs.Length; i++)
        {
            double expected = Math.Pow(pairs[i].X, pairs[i].Y);
            bool equal = double.IsFinite(expected) && expected != 0
                ? Math.Abs(found[i] - expected) <= Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)
                : BitConverter.DoubleToInt64Bits(found[i]) == BitConverter.DoubleToInt64Bits(expected) || (double.IsNaN(found[i]) && double.IsNaN(expected));
            Assert.True(equal, $"{pairs[i].X:R}^{pairs[i].Y:R} is {found[i]:R}, not {expected:R}.");
        }
    }

    [Fact]
    public void The_error_in_float32_is_within_one_ulp()
    {
        const int Count = 200_000;
        float[] x = new float[Count];
        float[] y = new float[Count];
        var words = new RandomWords(RandomKey.FromSeed(5));
        for (int i = 0; i < Count; i++)
        {
            do
            {
                x[i] = BitConverter.UInt32BitsToSingle(i % 2 == 0 ? words.Below(0x7F80_0000) : 0x3F00_0000 + words.Below(0x0100_0000));
            }
            while (x[i] is 0 or 1);
            y[i] = (float)(((words.Next() / 4294967296.0 * 2) - 1) * 87 / Math.Log(x[i]));
        }

        float[] found = Tensor.From(x, Count).Pow(Tensor.From(y, Count)).ToArray<float>();
        for (int i = 0; i < Count; i++)
        {
            double exact = Math.Pow(x[i], y[i]);
            float nearest = (float)exact;
            double ulp = (double)MathF.BitIncrement(nearest) - nearest;
            Assert.True(Math.Abs(found[i] - exact) <= ulp, $"{x[i]:R}^{y[i]:R} is {found[i]:R}, not {exact:R}.");
        }
    }
}
