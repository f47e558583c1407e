using System.Text.Json;

namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>Values recorded by tools/vectors/torch_nn.py, by name.</summary>
static class TorchRecords
{
    public static IReadOnlyDictionary<string, JsonElement> All { get; } = Families.SelectMany(Read).ToDictionary(record => record.Name, record => record.Value);

    static string[] Families => ["conv", "pool", "norm", "rnn", "attention"];

    public static Tensor Numbers(this JsonElement numbers)
    {
        int[] shape = [.. numbers.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        IEnumerable<JsonElement> values = numbers.GetProperty("values").EnumerateArray();
        return numbers.GetProperty("dtype").GetString() switch
        {
            "float32" => Tensor.From(values.Select(value => value.GetSingle()).ToArray(), shape),
            "int64" => Tensor.From(values.Select(value => value.GetInt64()).ToArray(), shape),
            var other => Tensor.From(values.Select(value => value.GetInt32() != 0).ToArray(), shape).To(other == "bool" ? DType.Bool : throw new JsonException(other)),
        };
    }

    static IEnumerable<JsonProperty> Read(string family)
    {
        using Stream stream = typeof(TorchRecords).Assembly.GetManifestResourceStream($"Ashlar.Learn.Tests.Vectors.torch_{family}.json")!;
        return JsonDocument.Parse(stream).RootElement.EnumerateObject();
    }
}
