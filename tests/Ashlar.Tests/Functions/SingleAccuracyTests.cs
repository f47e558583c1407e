using System.Globalization;

namespace Ashlar.Tests.Functions;

/// <summary>float32 functions over a sample of all floats against the float64 ones, whose own errors are 10⁻⁸ of what is measured here.</summary>
public sealed class SingleAccuracyTests
{
    const int Step = 1999;
    const float LargestAngle = 1 << 22;
    const float LargestExactAngle = 1 << 20;

    [Theory]
    [InlineData("exp", 0.90)]
    [InlineData("log", 0.94)]
    [InlineData("sin", 0.89)]
    [InlineData("cos", 0.89)]
    [InlineData("expm1", 1.44)]
    [InlineData("log1p", 1.55)]
    [InlineData("tanh", 1.91)]
    [InlineData("sigmoid", 1.65)]
    [InlineData("erf", 1.52)]
    [InlineData("erfinv", 2.54)]
    public void The_error_is_within_the_bound(string name, double bound)
    {
        float[] points = Sample();
        Tensor x = Tensor.From(points, points.Length);
        float[] found = Unary.Apply(name, x, x).ToArray<float>();
        Tensor wide = x.To(DType.Float64);
        double[] exact = Unary.Apply(name, wide, wide).ToArray<double>();
        double worst = 0;
        float at = 0;
        for (int i = 0; i < points.Length; i++)
        {
            float nearest = (float)exact[i];
            if (name is "sin" or "cos" && Math.Abs(points[i]) > LargestAngle)
            {
                Assert.True(float.IsNaN(found[i]), $"{name}({points[i]:R}) is {found[i]:R}: the definition reaches to 2²² and gives NaN beyond.");
                continue;
            }

            if (float.IsNaN(nearest) || float.IsInfinity(nearest) || nearest == 0)
            {
                Assert.True(found[i].Equals(nearest) || (found[i] == 0 && nearest == 0), $"{name}({points[i]:R}) is {found[i]:R}, not {nearest:R}.");
                continue;
            }

            double ulp = (double)MathF.BitIncrement(MathF.Abs(nearest)) - MathF.Abs(nearest);
            double error = Math.Abs(found[i] - exact[i]) / ulp;
            if (name is "sin" or "cos" && Math.Abs(points[i]) > LargestExactAngle)
            {
                Assert.True(error <= 3.8, $"{name}({points[i]:R}): {error:F2} ulp, 3.8 allowed beyond 2²⁰.");
                continue;
            }

            if (!(error <= worst))
            {
                (worst, at) = (error, points[i]);
            }
        }

        Assert.True(worst <= bound, string.Create(CultureInfo.InvariantCulture, $"{name}: {worst:F2} ulp at {at:R}, {bound} allowed."));
    }

    [Theory]
    [InlineData("exp", float.NegativeInfinity, 0f)]
    [InlineData("exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp", 0f, 1f)]
    [InlineData("log", 0f, float.NegativeInfinity)]
    [InlineData("log", -1f, float.NaN)]
    [InlineData("log", 1f, 0f)]
    [InlineData("log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("tanh", float.PositiveInfinity, 1f)]
    [InlineData("tanh", float.NegativeInfinity, -1f)]
    [InlineData("sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("erf", float.NegativeInfinity, -1f)]
    [InlineData("erfinv", 1f, float.PositiveInfinity)]
    [InlineData("erfinv", -1f, float.NegativeInfinity)]
    [InlineData("erfinv", 1.5f, float.NaN)]
    [InlineData("sin", float.PositiveInfinity, float.NaN)]
    [InlineData("cos", float.NegativeInfinity, float.NaN)]
    [InlineData("exp", float.NaN, float.NaN)]
    [InlineData("log", float.NaN, float.NaN)]
    [InlineData("tanh", float.NaN, float.NaN)]
    [InlineData("erf", float.NaN, float.NaN)]
    [InlineData("sigmoid", float.NaN, float.NaN)]
    [InlineData("sin", float.NaN, float.NaN)]
    public void Special_values_are_exact(string name, float x, float expected)
    {
        Assert.Equal(expected, Unary.Apply(name, Tensor.From([x], 1), Tensor.From([x], 1)).Item<float>());
        Assert.Equal((double)expected, Unary.Apply(name, Tensor.From([(double)x], 1), Tensor.From([(double)x], 1)).Item<double>());
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("erf")]
    [InlineData("sin")]
    [InlineData("expm1")]
    [InlineData("log1p")]
    [InlineData("erfinv")]
    public void The_sign_of_zero_stays(string name)
    {
        Assert.Equal(-0f, Unary.Apply(name, Tensor.From([-0f], 1), Tensor.From([-0f], 1)).Item<float>());
        Assert.True(float.IsNegative(Unary.Apply(name, Tensor.From([-0f], 1), Tensor.From([-0f], 1)).Item<float>()));
    }

    static float[] Sample()
    {
        const uint Infinity = 0x7F80_0000;
        var points = new List<float>();
        for (uint bits = 0; bits < Infinity; bits += Step)
        {
            points.Add(BitConverter.UInt32BitsToSingle(bits));
            points.Add(BitConverter.UInt32BitsToSingle(bits | 0x8000_0000));
        }

        return [.. points];
    }
}
