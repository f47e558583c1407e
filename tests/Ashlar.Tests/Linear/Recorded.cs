using System.Text.Json;

namespace Ashlar.Tests.Linear;

/// <summary>Values made by tools/vectors/linalg.py.</summary>
static class Recorded
{
    static readonly JsonElement All = Read();

    public static TheoryData<string> Names(string kind) => [.. All.GetProperty(kind).EnumerateArray().Select(row => row.GetProperty("name").GetString()!)];

    public static IEnumerable<JsonElement> Rows(string kind) => All.GetProperty(kind).EnumerateArray();

    public static JsonElement Row(string kind, string name) => Rows(kind).Single(row => row.GetProperty("name").GetString() == name);

    public static Tensor Tensor(JsonElement row, string field) => Of(row.GetProperty(field));

    public static Tensor Of(JsonElement numbers) => Ashlar.Tensor.From(
        [.. numbers.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())],
        [.. numbers.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())]);

    static JsonElement Read()
    {
        using Stream stream = typeof(Recorded).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.linalg.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
