using System.Text.Json;

namespace Ashlar.Learn.Tests;

/// <summary>Values recorded by tools/vectors/torch_layers.py.</summary>
static class TorchVectors
{
    static readonly JsonElement Root = Read();

    public static JsonElement Of(string kind, string name) => Root.GetProperty(kind).GetProperty(name);

    public static Tensor Tensor(this JsonElement numbers) =>
        Ashlar.Tensor.From([.. numbers.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())], Extents(numbers));

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

    static JsonElement Read()
    {
        using Stream stream = typeof(TorchVectors).Assembly.GetManifestResourceStream("Ashlar.Learn.Tests.Vectors.torch_layers.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
