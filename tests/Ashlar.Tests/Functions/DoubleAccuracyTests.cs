using System.Globalization;

namespace Ashlar.Tests.Functions;

/// <summary>float64 functions against values of 60 digits, recorded by tools/vectors/functions.py.</summary>
public sealed class DoubleAccuracyTests
{
    // Units in the last place, as the doc comments state them.
    [Theory]
    [InlineData("exp", 0.9)]
    [InlineData("expm1", 1.9)]
    [InlineData("log", 0.9)]
    [InlineData("log1p", 1.3)]
    [InlineData("sin", 0.9)]
    [InlineData("cos", 0.9)]
    [InlineData("tanh", 2.2)]
    [InlineData("sigmoid", 1.7)]
    [InlineData("erf", 1.2)]
    [InlineData("erfinv", 2.9)]
    [InlineData("pow", 1.2)]
    [InlineData("lgamma", 5)]
    [InlineData("digamma", 3)]
    [InlineData("trigamma", 6)]
    [InlineData("polygamma4", 6)]
    [InlineData("i0e", 5)]
    [InlineData("i1e", 10)]
    [InlineData("i0", 6)]
    [InlineData("i1", 13)]
    [InlineData("log_ndtr", 5)]
    [InlineData("ndtri", 8)]
    [InlineData("tan", 2.0)]
    [InlineData("asin", 1.5)]
    [InlineData("acos", 1.0)]
    [InlineData("atan", 1.6)]
    [InlineData("sinh", 1.8)]
    [InlineData("cosh", 1.5)]
    [InlineData("asinh", 1.6)]
    [InlineData("acosh", 1.6)]
    [InlineData("atanh", 1.5)]
    [InlineData("cbrt", 0.6)]
    [InlineData("erfc", 2.8)]
    [InlineData("exp2", 0.8)]
    [InlineData("log2", 0.6)]
    [InlineData("log10", 0.6)]
    [InlineData("atan2", 1.4)]
    [InlineData("hypot", 1.0)]
    public void The_error_is_within_the_bound(string name, double bound)
    {
        (double X, double Y, double Nearest, double Missing)[] points = [.. Recorded(name)];
        Assert.True(points.Length > 100, $"{name}: only {points.Length} points are recorded.");
        double[] found = Unary.Apply(name, Tensor.From(points.Select(p => p.X).ToArray(), points.Length), Tensor.From(points.Select(p => p.Y).ToArray(), points.Length)).ToArray<double>();
        double worst = 0;
        double at = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double ulp = Math.BitIncrement(Math.Abs(points[i].Nearest)) - Math.Abs(points[i].Nearest);
            double error = Math.Abs(found[i] - points[i].Nearest - points[i].Missing) / ulp;
            if (!(error <= worst))
            {
                (worst, at) = (error, points[i].X);
            }
        }

        Assert.True(worst <= bound, string.Create(CultureInfo.InvariantCulture, $"{name}: {worst:F2} ulp at {at:R}, {bound} allowed."));
    }

    static IEnumerable<(double X, double Y, double Nearest, double Missing)> Recorded(string name)
    {
        using Stream stream = typeof(DoubleAccuracyTests).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.functions.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == name)
            {
                yield return (Bits(words[1]), Bits(words[2]), Bits(words[3]), Bits(words[4]));
            }
        }
    }

    static double Bits(string hex) => BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
