using System.Text.Json;
using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn.Layers;

public sealed class TorchRecordTests : ReferenceScope
{
    public static TheoryData<string> Names => [.. TorchRecords.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void A_layer_computes_PyTorchs_values_gradients_and_statistics(string name)
    {
        JsonElement record = TorchRecords.All[name];
        LayerCase row = LayerCases.Of(name);
        Module module = row.Build();
        (string Name, Parameter Parameter)[] parameters = [.. module.NamedParameters()];
        Assert.Equal(record.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).Order(), parameters.Select(parameter => parameter.Name).Order());
        foreach ((string key, Parameter parameter) in parameters)
        {
            parameter.Set(record.GetProperty("parameters").GetProperty(key).Numbers());
        }

        Action setMode = record.GetProperty("mode").GetString() == "train" ? module.Train : module.Eval;
        setMode();
        foreach (JsonElement pass in record.GetProperty("passes").EnumerateArray())
        {
            JsonElement[] cotangents = [.. pass.GetProperty("cotangents").EnumerateArray()];
            var run = new LayerRun(row, module, [.. pass.GetProperty("inputs").EnumerateArray().Select(input => input.Numbers())], (i, _) => cotangents[i].Numbers());
            Compare("result", [.. pass.GetProperty("outputs").EnumerateArray()], run.Outputs, row.Tolerance);
            Compare("input gradient", [.. pass.GetProperty("input_gradients").EnumerateArray()], run.InputGradients, row.GradientTolerance);
            Compare("gradient", [.. parameters.Select(parameter => pass.GetProperty("gradients").GetProperty(parameter.Name))], run.ParameterGradients, row.GradientTolerance);
            Dictionary<string, JsonElement> buffers = pass.GetProperty("buffers").EnumerateObject().ToDictionary(buffer => buffer.Name, buffer => buffer.Value);
            Assert.Equal(buffers.Keys.Order(), module.NamedBuffers().Select(buffer => buffer.Name).Order());
            Compare("buffer", [.. module.NamedBuffers().Select(buffer => buffers[buffer.Name])], [.. module.NamedBuffers().Select(buffer => buffer.Buffer.Tensor)], row.Tolerance);
        }
    }

    static void Compare(string what, JsonElement[] recorded, Tensor?[] found, float tolerance)
    {
        Assert.Equal(recorded.Length, found.Length);
        for (int k = 0; k < found.Length; k++)
        {
            if (recorded[k].ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            Tensor expected = recorded[k].Numbers();
            Assert.Equal((expected.Shape, expected.DType), (found[k]!.Shape, found[k]!.DType));
            double[] values = expected.To(DType.Float64).ToArray<double>();
            double[] ours = found[k]!.To(DType.Float64).ToArray<double>();
            double scale = values.Select(Math.Abs).Append(1).Max();
            for (int i = 0; i < values.Length; i++)
            {
                Assert.True(Math.Abs(values[i] - ours[i]) <= tolerance * scale, $"{what} {k}, element {i}: recorded {values[i]:R}, found {ours[i]:R}");
            }
        }
    }
}
