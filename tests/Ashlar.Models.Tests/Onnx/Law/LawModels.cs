using Ashlar.Onnx;
using static Ashlar.Models.Tests.Onnx.TestModel;

namespace Ashlar.Models.Tests.Onnx.Law;

/// <summary>Small networks of the usual kinds, each with a batch in its first axis, and what they say of rows drawn from a seed.</summary>
static class LawModels
{
    public static IReadOnlyList<string> Names { get; } = ["convolutions", "transformer", "recurrent", "quantised"];

    /// <summary>A model, loaded anew: plans of other options must not be used again.</summary>
    public static OnnxModel Load(string name) => (name switch
    {
        "convolutions" => Convolutions(),
        "transformer" => Transformer(),
        "recurrent" => Recurrent(),
        _ => Quantised(),
    }).Load();

    /// <summary>Rows for a model.</summary>
    public static Tensor Rows(string name, int count) => name switch
    {
        "convolutions" => Normal(1, count, 3, 13, 11),
        "transformer" => Normal(2, count, 5, 24),
        "recurrent" => Normal(3, count, 9, 5),
        _ => (Normal(4, count, 4, 9, 9) * 40.0 + 128.0).Clip(0.0, 255.0).To(DType.UInt8),
    };

    static Tensor Normal(long seed, params int[] shape) => Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(shape));

    static TestModel Weight(this TestModel model, string name, params int[] shape) =>
        model.Initializer(name, (Normal(SeedOf(name), shape) * (1 / Math.Sqrt(shape[^1]))).ToArray<float>(), shape);

    // A seed of the name that is the same in every process.
    static long SeedOf(string text) => text.Aggregate(17L, (sum, letter) => (sum * 31) + letter);

    static TestModel Convolutions() => new TestModel(21).Input("x", 1, "n", "3", "13", "11").Outputs("y")
        .Weight("w1", 8, 3, 3, 3).Weight("b1", 8).Weight("w2", 8, 1, 3, 3).Weight("w3", 16, 8, 1, 1).Weight("wt", 16, 4, 2, 2).Weight("s", 4).Weight("d", 4).Weight("m", 4).Initializer("v", [0.5f, 1, 1.5f, 2], 4).Weight("wl", 4, 7)
        .Node("Conv", ["x", "w1", "b1"], ["c1"], [Ints("pads", 1, 1, 1, 1)]).Node("Relu", ["c1"], ["r1"]).Node("MaxPool", ["r1"], ["p1"], [Ints("kernel_shape", 3, 3), Ints("strides", 2, 2)])
        .Node("Conv", ["p1", "w2"], ["c2"], [Int("group", 8), Ints("pads", 1, 1, 1, 1)]).Node("HardSwish", ["c2"], ["h2"]).Node("Conv", ["h2", "w3"], ["c3"]).Node("ConvTranspose", ["c3", "wt"], ["t"], [Ints("strides", 2, 2)])
        .Node("BatchNormalization", ["t", "s", "d", "m", "v"], ["n"]).Node("GlobalAveragePool", ["n"], ["g"]).Node("Flatten", ["g"], ["f"]).Node("MatMul", ["f", "wl"], ["l"]).Node("Softmax", ["l"], ["y"]);

    static TestModel Transformer() => new TestModel(23).Input("x", 1, "n", "5", "24").Outputs("y")
        .Weight("q", 24, 24).Weight("k", 24, 12).Weight("v", 24, 12).Weight("o", 24, 24).Weight("up", 24, 50).Weight("down", 50, 24).Weight("s", 24).Weight("b", 24)
        .Node("LayerNormalization", ["x", "s", "b"], ["h"]).Node("MatMul", ["h", "q"], ["hq"]).Node("MatMul", ["h", "k"], ["hk"]).Node("MatMul", ["h", "v"], ["hv"])
        .Node("Attention", ["hq", "hk", "hv"], ["a"], [Int("q_num_heads", 4), Int("kv_num_heads", 2), Int("is_causal", 1)]).Node("MatMul", ["a", "o"], ["ao"]).Node("Add", ["x", "ao"], ["r"])
        .Node("RMSNormalization", ["r", "s"], ["n"]).Node("MatMul", ["n", "up"], ["u"]).Node("Gelu", ["u"], ["g"]).Node("MatMul", ["g", "down"], ["w"]).Node("Add", ["r", "w"], ["y"]);

    static TestModel Recurrent() => new TestModel(21).Input("x", 1, "n", "9", "5").Outputs("y")
        .Weight("w", 2, 28, 5).Weight("r", 2, 28, 7).Weight("b", 2, 56).Weight("gw", 1, 18, 14).Weight("gr", 1, 18, 6).Weight("out", 6, 3)
        .Node("Transpose", ["x"], ["t"], [Ints("perm", 1, 0, 2)]).Node("LSTM", ["t", "w", "r", "b"], ["l"], [Int("hidden_size", 7), Text("direction", "bidirectional")])
        .Node("Transpose", ["l"], ["lt"], [Ints("perm", 0, 2, 1, 3)]).Node("Constant", [], ["shape"], [Ints("value_ints", 0, 0, -1)]).Node("Reshape", ["lt", "shape"], ["flat"])
        .Node("GRU", ["flat", "gw", "gr"], ["", "last"], [Int("hidden_size", 6), Int("linear_before_reset", 1)]).Node("Constant", [], ["first"], [Ints("value_ints", 0)]).Node("Squeeze", ["last", "first"], ["h"]).Node("MatMul", ["h", "out"], ["y"]);

    static TestModel Quantised()
    {
        TestModel model = new TestModel(21).Input("x", 2, "n", "4", "9", "9").Outputs("y").Initializer("xs", [0.02f]).Initializer("ws", [0.01f]).Initializer("ys", [0.05f]).Weight("l", 6, 3);
        sbyte[] codes = [.. Enumerable.Range(0, 6 * 4 * 9).Select(i => (sbyte)((i * 37 % 255) - 127))];
        var weights = new Ashlar.Onnx.Protobuf.TensorProto { Name = "w", DataType = 3, Dims = { 6, 4, 3, 3 }, RawData = Google.Protobuf.ByteString.CopyFrom([.. codes.Select(code => (byte)code)]) };
        model.Graph.Initializer.Add([weights, new Ashlar.Onnx.Protobuf.TensorProto { Name = "xz", DataType = 2, Int32Data = { 128 } }, new Ashlar.Onnx.Protobuf.TensorProto { Name = "wz", DataType = 3, Int32Data = { 0 } }]);
        return model.Node("QLinearConv", ["x", "xs", "xz", "w", "ws", "wz", "ys", "xz"], ["c"]).Node("DequantizeLinear", ["c", "ys", "xz"], ["f"]).Node("GlobalAveragePool", ["f"], ["g"]).Node("Flatten", ["g"], ["h"]).Node("MatMul", ["h", "l"], ["y"]);
    }
}
