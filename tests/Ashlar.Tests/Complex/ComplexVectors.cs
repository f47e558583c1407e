using System.Globalization;
using System.Text.Json;
using Number = System.Numerics.Complex;

namespace Ashlar.Tests.Complex;

/// <summary>Values recorded by tools/vectors/complex.py.</summary>
static class ComplexVectors
{
    static readonly JsonElement Root = Read();

    public static JsonElement Of(string name) => Root.GetProperty(name);

    public static Number[] Pairs(this JsonElement rows) => [.. rows.EnumerateArray().Select(pair => new Number(Real(pair[0]), Real(pair[1])))];

    public static double[] Reals(this JsonElement rows) => [.. rows.EnumerateArray().Select(Real)];

    /// <summary>Element by element, the distance measured against the larger of 1 and the recorded magnitude.</summary>
    public static void AssertClose(ReadOnlySpan<Number> expected, ReadOnlySpan<Number> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double scale = Math.Max(1, Number.Abs(expected[i]));
            Assert.True(Number.Abs(expected[i] - found[i]) <= tolerance * scale, $"element {i}: recorded {expected[i]:R}, found {found[i]:R}");
        }
    }

    static double Real(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal).Replace("nan", "NaN", StringComparison.Ordinal), CultureInfo.InvariantCulture)
        : value.GetDouble();

    static JsonElement Read()
    {
        using Stream stream = typeof(ComplexVectors).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.complex.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
