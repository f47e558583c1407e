using System.Collections.Concurrent;
using System.Text.Json;

namespace Ashlar.Learn.Tests;

/// <summary>Values recorded by the scripts of tools/vectors, one file each.</summary>
static class TorchVectors
{
    static readonly ConcurrentDictionary<string, JsonElement> Files = new(StringComparer.Ordinal);

    public static JsonElement Of(string kind, string name, string file = "torch_layers") => Kind(kind, file).GetProperty(name);

    public static JsonElement Kind(string kind, string file) => Files.GetOrAdd(file, Read).GetProperty(kind);

    public static Tensor Tensor(this JsonElement numbers) =>
        Ashlar.Tensor.From([.. numbers.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())], Extents(numbers));

    public static Tensor Doubles(this JsonElement numbers) =>
        Ashlar.Tensor.From([.. numbers.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())], Extents(numbers));

    public static int[] Extents(this JsonElement numbers) => [.. numbers.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];

    /// <summary>Both libraries round each sum and function in another order: a few units in the last place of the largest term.</summary>
    public static void AssertClose(JsonElement expected, Tensor actual, float tolerance = 2e-6f)
    {
        Assert.Equal(new Shape(expected.Extents()), actual.Shape);
        float[] values = [.. expected.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
        float[] found = actual.ToArray<float>();
        float scale = Math.Max(1, values.Max(Math.Abs));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - found[i]) <= tolerance * scale, $"element {i}: recorded {values[i]:R}, found {found[i]:R}");
        }
    }

    static JsonElement Read(string file)
    {
        using Stream stream = typeof(TorchVectors).Assembly.GetManifestResourceStream($"Ashlar.Learn.Tests.Vectors.{file}.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
