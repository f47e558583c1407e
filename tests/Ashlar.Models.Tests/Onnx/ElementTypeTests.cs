using System.Text.Json;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Every operator in every element type that its newest version takes; tools/vectors/onnx_types.py made the values.</summary>
public sealed class ElementTypeTests
{
    static readonly Dictionary<string, JsonElement> Vectors = VectorFile.Cases("types");

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_takes_all_its_types(string name)
    {
        JsonElement entry = Vectors[name];
        foreach (OnnxDType type in entry.GetProperty("types").EnumerateArray().Select(number => (OnnxDType)number.GetInt32()))
        {
            Run(entry, type);
        }
    }

    // Inputs and results are cast to the type and from it, so that the numbers may be float32 in the file.
    static void Run(JsonElement entry, OnnxDType type)
    {
        JsonElement[] inputs = [.. entry.GetProperty("inputs").EnumerateArray()];
        JsonElement[] outputs = [.. entry.GetProperty("outputs").EnumerateArray()];
        var model = new TestModel(27);
        var given = new Dictionary<string, OnnxValue>();
        var names = new List<string>();
        for (int i = 0; i < inputs.Length; i++)
        {
            bool there = inputs[i].ValueKind != JsonValueKind.Null;
            bool typed = there && inputs[i].GetProperty("typed").GetBoolean();
            names.Add(!there ? "" : typed ? $"c{i}" : $"x{i}");
            if (there)
            {
                model.Inputs($"x{i}");
                given[$"x{i}"] = VectorFile.Value(inputs[i])!;
            }

            if (typed)
            {
                model.Node("Cast", [$"x{i}"], [$"c{i}"], [TestModel.Int("to", (int)type)]);
            }
        }

        AttributeProto[] attributes = [.. entry.GetProperty("attributes").EnumerateObject().Select(VectorFile.Attribute)];
        model.Node(entry.GetProperty("op").GetString()!, [.. names], [.. outputs.Select((_, i) => $"y{i}")], attributes);
        for (int i = 0; i < outputs.Length; i++)
        {
            bool typed = outputs[i].GetProperty("typed").GetBoolean();
            model.Outputs(typed ? $"z{i}" : $"y{i}");
            if (typed)
            {
                model.Node("Cast", [$"y{i}"], [$"z{i}"], [TestModel.Int("to", (int)OnnxDType.Float64)]);
            }
        }

        IReadOnlyDictionary<string, OnnxValue> got = model.Load().Run(given);
        for (int i = 0; i < outputs.Length; i++)
        {
            bool typed = outputs[i].GetProperty("typed").GetBoolean();
            Same(((OnnxTensor)VectorFile.Value(outputs[i])!).Tensor, ((OnnxTensor)got[typed ? $"z{i}" : $"y{i}"]).Tensor, type, typed);
        }
    }

    static void Same(Tensor wanted, Tensor got, OnnxDType type, bool typed)
    {
        // One unit of the last place of the type: what is not whole is rounded to it.
        double tolerance = type switch { OnnxDType.BFloat16 => 1.0 / 128, OnnxDType.Float16 => 1.0 / 1024, _ => 1e-5 };
        Assert.Equal(wanted.Shape, got.Shape);
        Assert.True(typed || wanted.DType.IsFloating || wanted.DType == got.DType, $"{type}: {got.DType.Name}, wanted {wanted.DType.Name}");
        double[] x = wanted.To(DType.Float64).ToArray<double>();
        double[] y = got.To(DType.Float64).ToArray<double>();
        Assert.All(Enumerable.Range(0, x.Length), i => Assert.True(Math.Abs(x[i] - y[i]) <= tolerance * Math.Max(1, Math.Abs(x[i])), $"{type}: element {i} is {y[i]}, wanted {x[i]}"));
    }
}
