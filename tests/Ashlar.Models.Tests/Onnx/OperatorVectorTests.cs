using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Operators against NumPy, PyTorch and the standard's formulas; tools/vectors/onnx_operators.py made the values.</summary>
public sealed class OperatorVectorTests
{
    static readonly Dictionary<string, JsonElement> Vectors = Read();

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_gives_the_recorded_values(string name)
    {
        JsonElement entry = Vectors[name];
        JsonElement[] wanted = [.. entry.GetProperty("outputs").EnumerateArray()];
        AttributeProto[] attributes = [.. entry.GetProperty("attributes").EnumerateObject().Select(Attribute)];
        OnnxValue?[] inputs = [.. entry.GetProperty("inputs").EnumerateArray().Select(Value)];
        OnnxValue[] got = TestModel.Run(entry.GetProperty("op").GetString()!, inputs, attributes, entry.GetProperty("opset").GetInt64(), entry.GetProperty("domain").GetString()!, wanted.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Same(Value(wanted[i])!, got[i]);
        }
    }

    static void Same(OnnxValue wanted, OnnxValue got)
    {
        if (wanted is OnnxStrings text)
        {
            var found = Assert.IsType<OnnxStrings>(got);
            Assert.Equal(text.Shape, found.Shape);
            Assert.Equal(text.Items, found.Items);
            return;
        }

        (OnnxTensor a, OnnxTensor b) = ((OnnxTensor)wanted, Assert.IsType<OnnxTensor>(got));
        Assert.Equal(a.ToString(), b.ToString());
        if (!a.Tensor.DType.IsFloating)
        {
            Assert.Equal(a.Tensor.ToBytes(), b.Tensor.ToBytes());
            return;
        }

        // Sums of float32 in another order; for halves one unit of their last place, where a sum of the wide formula lies near a tie.
        double tolerance = a.Tensor.DType.IsHalf ? 1e-3 : 1e-5;
        double[] x = a.Tensor.To(DType.Float64).ToArray<double>();
        double[] y = b.Tensor.To(DType.Float64).ToArray<double>();
        double largest = x.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(x[i].Equals(y[i]) || Math.Abs(x[i] - y[i]) <= tolerance * Math.Max(Math.Abs(x[i]), a.Tensor.DType.IsHalf ? 0.01 : Math.Max(1, largest)), $"element {i} is {y[i]}, wanted {x[i]}");
        }
    }

    static OnnxValue? Value(JsonElement entry)
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

    static AttributeProto Attribute(JsonProperty property) => property.Value switch
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

    static Dictionary<string, JsonElement> Read()
    {
        using Stream stream = typeof(OperatorVectorTests).Assembly.GetManifestResourceStream("Ashlar.Models.Tests.Onnx.Vectors.operators.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!, entry => entry.Clone());
    }
}
