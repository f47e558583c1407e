using System.Globalization;

namespace Ashlar.Tests.Functions;

/// <summary>Special functions of several arguments against values of 40 digits, recorded by tools/vectors/special.py, region by region.</summary>
public sealed class SpecialAccuracyTests
{
    // Units of 2⁻⁵² of the value; of 1 for J₀ and J₁, which have zeros. About twice what was measured, for these are samples; far in a tail an ulp of the exponent is
    // as many units as the exponent is large, and betainc near the mean of large a and b is as good as its doc comment says.
    [Theory]
    [InlineData("gammainc", "small", 5)]
    [InlineData("gammainc", "series", 20)]
    [InlineData("gammainc", "fraction", 4)]
    [InlineData("gammainc", "uniform", 60)]
    [InlineData("gammainc", "center", 30)]
    [InlineData("gammainc", "tails", 400)]
    [InlineData("gammaincc", "small", 10)]
    [InlineData("gammaincc", "series", 15)]
    [InlineData("gammaincc", "fraction", 80)]
    [InlineData("gammaincc", "uniform", 80)]
    [InlineData("gammaincc", "center", 30)]
    [InlineData("gammaincc", "tails", 800)]
    [InlineData("gammainc_da", "small", 2000)]
    [InlineData("gammainc_da", "series", 40)]
    [InlineData("gammainc_da", "fraction", 200)]
    [InlineData("gammainc_da", "uniform", 80)]
    [InlineData("gammainc_da", "center", 30)]
    [InlineData("gammainc_da", "tails", 400)]
    [InlineData("betainc", "small", 1000)]
    [InlineData("betainc", "middle", 200)]
    [InlineData("betainc", "mixed", 20)]
    [InlineData("betainc", "center", 80)]
    [InlineData("betainc", "wide", 10000)]
    [InlineData("betainc", "large", 4.5e8)]
    [InlineData("betainc_da", "small", 50000)]
    [InlineData("betainc_da", "middle", 400)]
    [InlineData("betainc_da", "mixed", 8e5)]
    [InlineData("betainc_da", "center", 11000)]
    [InlineData("betainc_da", "wide", 70000)]
    [InlineData("zeta", "positive", 12)]
    [InlineData("zeta", "riemann", 5)]
    [InlineData("j0", "near", 3)]
    [InlineData("j0", "far", 1)]
    [InlineData("j0", "distant", 1)]
    [InlineData("j0", "tiny", 4)]
    [InlineData("j1", "near", 2)]
    [InlineData("j1", "far", 1)]
    [InlineData("j1", "distant", 1)]
    [InlineData("j1", "tiny", 3)]
    [InlineData("digamma", "zero", 6)]
    public void The_error_is_within_the_bound(string name, string region, double bound)
    {
        double[][] points = [.. Recorded(name, region)];
        Assert.True(points.Length >= 15, $"{name} {region}: only {points.Length} points are recorded.");
        Tensor[] arguments = [.. Enumerable.Range(0, 3).Select(i => Tensor.From(points.Select(point => point[i]).ToArray(), points.Length))];
        double[] found = Apply(name, arguments).ToArray<double>();
        bool isAbsolute = name[0] == 'j' && region != "tiny";
        double worst = 0;
        double at = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double error = Math.Abs(found[i] - points[i][3] - points[i][4]) / (isAbsolute ? 1 : Math.Abs(points[i][3])) * Math.ScaleB(1, 52);
            if (!(error <= worst))
            {
                (worst, at) = (error, i);
            }
        }

        Assert.True(worst <= bound, string.Create(CultureInfo.InvariantCulture, $"{name} {region}: {worst:F2} at {string.Join(", ", points[(int)at][..3])}, {bound} allowed."));
    }

    static Tensor Apply(string name, Tensor[] x) => name switch
    {
        "gammainc" => Tensor.GammaInc(x[0], x[1]),
        "gammaincc" => Tensor.GammaIncC(x[0], x[1]),
        "gammainc_da" => Transform.Gradient(a => Tensor.GammaInc(a, x[1]).Sum())(x[0]),
        "betainc" => Tensor.BetaInc(x[0], x[1], x[2]),
        "betainc_da" => Transform.Gradient(a => Tensor.BetaInc(a, x[1], x[2]).Sum())(x[0]),
        "zeta" => Tensor.Zeta(x[0], x[1]),
        "digamma" => x[0].Digamma(),
        "j0" => x[0].BesselJ0(),
        "j1" => x[0].BesselJ1(),
        _ => throw new ArgumentException($"SpecialAccuracyTests: no function {name}."),
    };

    static IEnumerable<double[]> Recorded(string name, string region)
    {
        using Stream stream = typeof(SpecialAccuracyTests).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.special.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == name && words[1] == region)
            {
                yield return [.. words[2..].Select(word => BitConverter.UInt64BitsToDouble(ulong.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];
            }
        }
    }
}
