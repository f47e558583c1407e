using System.Globalization;

namespace Ashlar.Tests.Functions;

/// <summary>float32 functions over a sample of all floats against the float64 ones, whose own errors are 10⁻⁸ of what is measured here.</summary>
public sealed class SingleAccuracyTests
{
    const int Step = 4001;

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
    [InlineData("erfinv", 0.57)]
    [InlineData("tan", 0.51)]
    [InlineData("asin", 0.51)]
    [InlineData("acos", 0.51)]
    [InlineData("atan", 0.51)]
    [InlineData("sinh", 1.9)]
    [InlineData("cosh", 1.9)]
    [InlineData("asinh", 0.51)]
    [InlineData("acosh", 0.51)]
    [InlineData("atanh", 0.51)]
    [InlineData("cbrt", 0.51)]
    [InlineData("erfc", 0.52)]
    [InlineData("exp2", 0.87)]
    [InlineData("log2", 0.51)]
    [InlineData("log10", 0.51)]
    [InlineData("i0e", 0.6)]
    [InlineData("i1e", 0.6)]
    [InlineData("log_ndtr", 0.8)]
    [InlineData("ndtri", 0.6)]
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
            if (float.IsNaN(nearest) || float.IsInfinity(nearest) || nearest == 0)
            {
                Assert.True(found[i].Equals(nearest) || (found[i] == 0 && nearest == 0), $"{name}({points[i]:R}) is {found[i]:R}, not {nearest:R}.");
                continue;
            }

            double ulp = (double)MathF.BitIncrement(MathF.Abs(nearest)) - MathF.Abs(nearest);
            double error = Math.Abs(found[i] - exact[i]) / ulp;
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
    [InlineData("erfc", float.NegativeInfinity, 2f)]
    [InlineData("erfc", float.PositiveInfinity, 0f)]
    [InlineData("erfc", 0f, 1f)]
    [InlineData("exp2", float.NegativeInfinity, 0f)]
    [InlineData("exp2", 10f, 1024f)]
    [InlineData("log2", 0f, float.NegativeInfinity)]
    [InlineData("log2", 0.125f, -3f)]
    [InlineData("log2", -1f, float.NaN)]
    [InlineData("log10", 1000f, 3f)]
    [InlineData("log10", 0f, float.NegativeInfinity)]
    [InlineData("log10", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("cbrt", 27f, 3f)]
    [InlineData("cbrt", -1000f, -10f)]
    [InlineData("cbrt", float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData("tan", float.PositiveInfinity, float.NaN)]
    [InlineData("asin", 1.5f, float.NaN)]
    [InlineData("acos", 1f, 0f)]
    [InlineData("acos", -1.5f, float.NaN)]
    [InlineData("sinh", float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData("sinh", 1000f, float.PositiveInfinity)]
    [InlineData("cosh", float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("cosh", 0f, 1f)]
    [InlineData("asinh", float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData("acosh", 1f, 0f)]
    [InlineData("acosh", 0.5f, float.NaN)]
    [InlineData("acosh", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("atanh", 1f, float.PositiveInfinity)]
    [InlineData("atanh", -1f, float.NegativeInfinity)]
    [InlineData("atanh", 2f, float.NaN)]
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
    [InlineData("tan")]
    [InlineData("asin")]
    [InlineData("atan")]
    [InlineData("sinh")]
    [InlineData("asinh")]
    [InlineData("atanh")]
    [InlineData("cbrt")]
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
