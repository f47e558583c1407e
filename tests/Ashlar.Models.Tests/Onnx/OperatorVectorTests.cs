using System.Text.Json;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Operators against NumPy, PyTorch and the standard's formulas; tools/vectors/onnx_operators.py made the values.</summary>
public sealed class OperatorVectorTests
{
    static readonly Dictionary<string, JsonElement> Vectors = VectorFile.Cases("operators");

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_gives_the_recorded_values(string name)
    {
        JsonElement entry = Vectors[name];
        JsonElement[] wanted = [.. entry.GetProperty("outputs").EnumerateArray()];
        AttributeProto[] attributes = [.. entry.GetProperty("attributes").EnumerateObject().Select(VectorFile.Attribute)];
        OnnxValue?[] inputs = [.. entry.GetProperty("inputs").EnumerateArray().Select(VectorFile.Value)];
        OnnxValue[] got = TestModel.Run(entry.GetProperty("op").GetString()!, inputs, attributes, entry.GetProperty("opset").GetInt64(), entry.GetProperty("domain").GetString()!, wanted.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Same(VectorFile.Value(wanted[i])!, got[i]);
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
}
