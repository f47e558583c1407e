using System.Text.Json;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;
using Ashlar.Optim;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Transformers that PyTorch's exporter wrote, against what PyTorch computes; tools/vectors/onnx_transformers.py made them.</summary>
public sealed class ExportedTransformerTests
{
    static readonly Dictionary<string, JsonElement> Vectors = VectorFile.Cases("transformers");

    public static TheoryData<string, string> Models => new()
    {
        { "bert of 11", "attention 1, layer norm 2, gelu 1" },
        { "bert of 17", "attention 1, gelu 1" },
        { "gpt of 14", "layer norm 2, attention 1, gelu (tanh) 1" },
        { "llama of 14", "RMS norm 2, rotary embedding 2, attention 1, silu 1" },
        { "joined of 14", "attention 1, layer norm 1" },
    };

    static OnnxModel Load(string name, bool patterns = true) =>
        OnnxModel.Load(new MemoryStream(Vectors[name].GetProperty("model").GetBytesFromBase64()), name, new OnnxLoadOptions { Patterns = patterns });

    static Dictionary<string, OnnxValue> Inputs(string name) => Vectors[name].GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, input => VectorFile.Value(input.Value)!);

    [Theory]
    [MemberData(nameof(Models))]
    public void Its_layers_are_recognised_and_attention_is_one_launch(string name, string patterns)
    {
        OnnxModel model = Load(name);
        Assert.Equal(patterns, string.Join(", ", model.Patterns.GroupBy(pattern => pattern.Name).Select(group => $"{group.Key} {group.Count()}")));
        Assert.Contains(": Attention over [", model.Explain(Inputs(name)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void It_computes_what_the_other_framework_computes(string name, string patterns)
    {
        Assert.NotEmpty(patterns);
        Tensor got = ((OnnxTensor)Load(name).Run(Inputs(name))["y"]).Tensor;
        var wanted = (OnnxTensor)VectorFile.Value(Vectors[name].GetProperty("output"))!;

        // A few roundings of float32 on numbers of about 1, in another order.
        Assert.True((got - wanted.Tensor).Abs().Max().Item<float>() < 2e-6f);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Patterns_change_no_bit_and_a_row_alone_is_the_row_in_a_batch(string name, string patterns)
    {
        Assert.NotEmpty(patterns);
        Dictionary<string, OnnxValue> inputs = Inputs(name);
        OnnxModel model = Load(name);
        byte[] together = ((OnnxTensor)model.Run(inputs)["y"]).Tensor.ToBytes();
        Assert.Equal(((OnnxTensor)Load(name, patterns: false).Run(inputs)["y"]).Tensor.ToBytes(), together);
        Assert.Equal(((OnnxTensor)model.Trace(inputs)[^1].Outputs[0].Value).Tensor.ToBytes(), together);
        Dictionary<string, OnnxValue> alone = inputs.ToDictionary(input => input.Key, input => (OnnxValue)((OnnxTensor)input.Value).Tensor.Slice(0, 0, 1));
        byte[] first = ((OnnxTensor)model.Run(alone)["y"]).Tensor.ToBytes();
        Assert.Equal(together[..first.Length], first);
    }

    [Fact]
    public void Positions_that_are_turned_take_fewer_launches_than_their_nodes()
    {
        static int Launches(bool patterns) => Load("llama of 14", patterns).Explain(Inputs("llama of 14")).Split("\nlaunch ").Length;
        Assert.True(Launches(patterns: true) < Launches(patterns: false));
    }

    [Fact]
    public void It_can_be_trained_further()
    {
        OnnxModel model = Load("llama of 14");
        var module = new OnnxModule(model);
        Tensor x = ((OnnxTensor)Inputs("llama of 14")["x"]).Tensor;
        Assert.Equal(model.Run(x)[0].ToBytes(), module.Run(x)[0].ToBytes());
        var optimizer = new SGD(module.Parameters, 0.01);
        float Loss()
        {
            Tensor loss = module.Forward(x).Square().Mean();
            optimizer.Step(loss);
            return loss.Item<float>();
        }

        float before = Loss();
        Assert.True(Loss() < before);
    }
}
