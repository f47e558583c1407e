using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Cases that the scripts in tools/vectors recorded.</summary>
static class VectorFile
{
    /// <summary>The cases of a file by their names.</summary>
    public static Dictionary<string, JsonElement> Cases(string file)
    {
        using Stream stream = typeof(VectorFile).Assembly.GetManifestResourceStream($"Ashlar.Models.Tests.Onnx.Vectors.{file}.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!, entry => entry.Clone());
    }

    /// <summary>A value, or null where the script left it out.</summary>
    public static OnnxValue? Value(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        JsonElement[] items = [.. entry.GetProperty("values").EnumerateArray()];
        string type = entry.GetProperty("type").GetString()!;
        return type switch
        {
            "string" => new OnnxStrings(new Shape(shape), [.. items.Select(item => item.GetString()!)]),
            "bool" => Tensor.From<bool>(items.Select(item => item.GetBoolean()).ToArray(), shape),
            "float16" or "float32" or "float64" => Tensor.From<double>(items.Select(Number).ToArray(), shape).To(Enum.Parse<DType>(type, ignoreCase: true)),
            _ => Tensor.From<long>(items.Select(item => item.GetInt64()).ToArray(), shape).To(Enum.Parse<DType>(type, ignoreCase: true)),
        };
    }

    static double Number(JsonElement item) => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : item.GetString() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        string text => double.Parse(text, CultureInfo.InvariantCulture),
        null => throw new InvalidDataException("a number is missing"),
    };

    /// <summary>An attribute of the kind that its value shows.</summary>
    public static AttributeProto Attribute(JsonProperty property) => property.Value switch
    {
        { ValueKind: JsonValueKind.String } text => TestModel.Text(property.Name, text.GetString()!),
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().First().ValueKind == JsonValueKind.String => TestModel.Texts(property.Name, [.. list.EnumerateArray().Select(item => item.GetString()!)]),
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().Any(IsFraction) => TestModel.Floats(property.Name, [.. list.EnumerateArray().Select(item => item.GetSingle())]),
        { ValueKind: JsonValueKind.Array } list => TestModel.Ints(property.Name, [.. list.EnumerateArray().Select(item => item.GetInt64())]),
        JsonElement number when IsFraction(number) => TestModel.Float(property.Name, number.GetSingle()),
        JsonElement number => TestModel.Int(property.Name, number.GetInt64()),
    };

    // Python writes floats with a point or an exponent, integers without.
    static bool IsFraction(JsonElement number) => number.GetRawText().AsSpan().IndexOfAny('.', 'e') >= 0;
}
