using System.Globalization;
using System.Text.Json;

namespace Ashlar.Tests.Indexing;

/// <summary>Values recorded by tools/vectors/indexing.py.</summary>
static class IndexingVectors
{
    public static JsonElement Root { get; } = Read();

    public static Tensor Of(JsonElement array)
    {
        double[] values = [.. array.GetProperty("values").EnumerateArray().Select(Number)];
        int[] shape = [.. array.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        DType type = array.GetProperty("type").GetString() switch
        {
            "bool" => DType.Bool,
            "int64" => DType.Int64,
            _ => DType.Float64,
        };
        return Tensor.From(values, shape).To(type);
    }

    /// <summary>Requires shape and elements of a recorded array; NaN equals NaN.</summary>
    public static void Require(string what, JsonElement array, Tensor actual, double tolerance = 0)
    {
        Tensor expected = Of(array);
        Assert.True(expected.Shape.Equals(actual.Shape), $"{what}: {expected.Shape} expected, {actual.Shape} found");
        double[] wanted = expected.To(DType.Float64).ToArray<double>();
        double[] found = actual.To(DType.Float64).ToArray<double>();
        for (int i = 0; i < wanted.Length; i++)
        {
            bool equal = wanted[i] == found[i] || (double.IsNaN(wanted[i]) && double.IsNaN(found[i])) || Math.Abs(wanted[i] - found[i]) <= tolerance * Math.Abs(wanted[i]);
            Assert.True(equal, $"{what}, element {i}: {wanted[i]:R} expected, {found[i]:R} found");
        }
    }

    static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity }
        : double.Parse(value.GetRawText(), CultureInfo.InvariantCulture);

    static JsonElement Read()
    {
        using Stream stream = typeof(IndexingVectors).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.indexing.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
