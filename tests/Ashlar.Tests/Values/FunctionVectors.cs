using System.Globalization;
using System.Text.Json;

namespace Ashlar.Tests.Values;

/// <summary>Operands and results recorded by tools/vectors/functions_of_tensors.py.</summary>
static class FunctionVectors
{
    static readonly JsonElement Root = Read();
    static readonly Tensor[] Arrays = [.. Root.GetProperty("arrays").EnumerateArray().Select(Of)];

    public static ILookup<string, (Tensor[] Operands, Tensor[] Results)> Cases { get; } =
        Root.GetProperty("cases").EnumerateArray().ToLookup(row => row.GetProperty("name").GetString()!, row => (Named(row, "operands"), Named(row, "results")));

    static Tensor[] Named(JsonElement row, string list) => [.. row.GetProperty(list).EnumerateArray().Select(place => Arrays[place.GetInt32()])];

    static Tensor Of(JsonElement array)
    {
        DType type = Enum.Parse<DType>(array.GetProperty("type").GetString()!, ignoreCase: true);
        int[] shape = [.. array.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        JsonElement[] values = [.. array.GetProperty("values").EnumerateArray()];
        return type.IsInteger ? Tensor.From([.. values.Select(value => value.GetInt64())], shape).To(type) : Tensor.From([.. values.Select(Number)], shape).To(type);
    }

    static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => value.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity },
        _ => double.Parse(value.GetRawText(), CultureInfo.InvariantCulture),
    };

    static JsonElement Read()
    {
        using Stream stream = typeof(FunctionVectors).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.functions_of_tensors.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
