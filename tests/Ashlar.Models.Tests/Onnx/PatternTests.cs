using Ashlar.Onnx;
using static Ashlar.Models.Tests.Onnx.TestModel;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Layers that exporters write out in small nodes: recognised where they are, left alone where something differs, and the same bits in any case.</summary>
public sealed class PatternTests
{
    static Tensor Normal(long seed, params int[] shape) => Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(shape));

    static string Names(OnnxModel model) => string.Join(", ", model.Patterns.Select(pattern => pattern.Name));

    // Recognised, and the bits of the nodes one by one.
    static void Recognised(string pattern, int nodes, TestModel model, params Tensor[] inputs)
    {
        OnnxModel whole = model.Load();
        OnnxPattern found = Assert.Single(whole.Patterns);
        Assert.Equal((pattern, nodes), (found.Name, found.Nodes.Count));
        Assert.Equal(model.Load(new OnnxLoadOptions { Patterns = false }).Run(inputs)[0].ToBytes(), whole.Run(inputs)[0].ToBytes());
    }

    static void NotRecognised(TestModel model) => Assert.Equal("", Names(model.Load()));

    static TestModel Attention(long axis = -1, bool transposed = true)
    {
        TestModel model = new TestModel().Input("q", 1, "n", "2", "l", "4").Input("k", 1, "n", "2", "s", "4").Input("v", 1, "n", "2", "s", "4").Input("m", 1, "n", "s").Outputs("y").Number("scale", 2).Number("one", 1).Number("far", -1e4f);
        model = transposed ? model.Step("t", "Transpose", "k").With(Ints("perm", 0, 1, 3, 2)) : model.Step("t", "Identity", "k");
        return model.Step("scores", "MatMul", "q", "t").Step("scaled", "Div", "scores", "scale")
            .Step("hidden", "Sub", "one", "m").Step("bias", "Mul", "hidden", "far").Node("Constant", [], ["axes"], [Ints("value_ints", 1, 2)]).Step("mask", "Unsqueeze", "bias", "axes")
            .Step("masked", "Add", "scaled", "mask").Step("weights", "Softmax", "masked").With(Int("axis", axis)).Step("y", "MatMul", "weights", "v");
    }

    static Tensor[] AttentionInputs(int rows) => [Normal(1, rows, 2, 3, 4), Normal(2, rows, 2, 5, 4), Normal(3, rows, 2, 5, 4), (Normal(4, rows, 5) > 0.0).To(DType.Float32)];

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Attention_with_a_mask_is_one_launch(long axis)
    {
        Recognised("attention", 5, Attention(axis), AttentionInputs(3));
        Assert.Contains("Attention over [", Attention(axis).Load().Explain(new Dictionary<string, int> { ["n"] = 3, ["l"] = 3, ["s"] = 5 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Attention_of_a_row_alone_is_that_in_a_batch()
    {
        OnnxModel model = Attention().Load();
        Tensor[] inputs = AttentionInputs(3);
        Assert.Equal(model.Run(inputs)[0].Slice(0, 1, 1).ToBytes(), model.Run([.. inputs.Select(input => input.Slice(0, 1, 1))])[0].ToBytes());
    }

    [Fact]
    public void Attention_whose_scores_are_wanted_or_that_looks_along_queries_is_not_taken()
    {
        NotRecognised(Attention().Outputs("masked"));
        NotRecognised(Attention(2));
        NotRecognised(Attention(3, transposed: false));
    }

    [Fact]
    public void Rows_without_a_key_that_are_set_to_zero_belong_to_attention() => Recognised("attention", 5,
        new TestModel().Inputs("q", "k", "v").Outputs("y").Number("zero", 0).Step("s", "MatMul", "q", "k").Step("p", "Softmax", "s").Step("n", "IsNaN", "p").Step("w", "Where", "n", "zero", "p").Step("y", "MatMul", "w", "v"),
        Normal(1, 2, 3, 4), Normal(2, 2, 4, 5), Normal(3, 2, 5, 4));

    static TestModel LayerNorm(string axes = "-1", bool constant = true, double second = -1)
    {
        TestModel model = new TestModel(17).Inputs(constant ? ["x"] : ["x", "epsilon"]).Outputs("y").Number("two", 2).Initializer("w", [1, 2, 3, 4], 4).Initializer("b", [4, 3, 2, 1], 4);
        model = constant ? model.Number("epsilon", 1e-5f) : model;
        return model.Step("mean", "ReduceMean", "x").With(Ints("axes", [.. axes.Split(',').Select(long.Parse)])).Step("d", "Sub", "x", "mean").Step("sq", "Pow", "d", "two")
            .Step("var", "ReduceMean", "sq").With(Ints("axes", second == -1 ? [.. axes.Split(',').Select(long.Parse)] : [(long)second]))
            .Step("sum", "Add", "var", "epsilon").Step("root", "Sqrt", "sum").Step("z", "Div", "d", "root").Step("s", "Mul", "z", "w").Step("y", "Add", "s", "b");
    }

    [Fact]
    public void A_layer_norm_is_recognised_with_weight_and_bias_and_without()
    {
        Recognised("layer norm", 9, LayerNorm(), Normal(1, 3, 4));
        TestModel bare = LayerNorm("-2,-1");
        bare.Graph.Output.Clear();
        Recognised("layer norm", 7, bare.Outputs("z"), Normal(1, 2, 3, 4));
    }

    [Fact]
    public void What_is_no_layer_norm_is_not_taken()
    {
        NotRecognised(LayerNorm("1"));
        NotRecognised(LayerNorm("-2"));
        NotRecognised(LayerNorm(constant: false));
        NotRecognised(LayerNorm().Outputs("root"));
        Assert.Equal("", Names(LayerNorm(second: -2).Load()));
    }

    [Theory]
    [InlineData("Reciprocal")]
    [InlineData("Div")]
    public void An_rms_norm_is_recognised_by_its_reciprocal(string op)
    {
        TestModel model = new TestModel(17).Inputs("x").Outputs("y").Number("one", 1).Number("epsilon", 1e-6f).Initializer("w", [1, 2, 3, 4], 4)
            .Step("sq", "Mul", "x", "x").Step("m", "ReduceMean", "sq").With(Ints("axes", -1)).Step("sum", "Add", "m", "epsilon").Step("root", "Sqrt", "sum");
        model = op == "Div" ? model.Step("r", "Div", "one", "root") : model.Step("r", "Reciprocal", "root");
        Recognised("RMS norm", 7, model.Step("z", "Mul", "x", "r").Step("y", "Mul", "w", "z"), Normal(1, 3, 4));
    }

    static TestModel Gelu(string form, float half = 0.5f)
    {
        TestModel model = new TestModel().Inputs("x").Number("r", 1.4142135f).Number("i", 0.70710677f).Number("one", 1).Number("two", 2).Number("half", half).Outputs("y");
        model = (form == "library" ? model.Step("a", "Mul", "x", "i") : model.Step("a", "Div", "x", "r")).Step("e", "Erf", "a").Step("o", "Add", "e", "one");
        return form switch
        {
            "library" => model.Step("h", "Mul", "x", "half").Step("y", "Mul", "h", "o"),
            "halved" => model.Step("p", "Mul", "x", "o").Step("y", "Div", "p", "two"),
            "late" => model.Step("p", "Mul", "o", "half").Step("y", "Mul", "x", "p"),
            _ => model.Step("p", "Mul", "x", "o").Step("y", "Mul", "p", "half"),
        };
    }

    [Theory]
    [InlineData("library")]
    [InlineData("halved")]
    [InlineData("late")]
    [InlineData("torch")]
    public void A_gelu_is_recognised_in_any_order(string form) => Recognised("gelu", 5, Gelu(form), Normal(1, 3, 4));

    [Fact]
    public void What_is_no_gelu_is_not_taken()
    {
        NotRecognised(Gelu("torch", 0.4f));
        NotRecognised(Gelu("torch").Outputs("e"));
    }

    static TestModel GeluTanh(float cube, bool power) => new TestModel().Inputs("x").Outputs("y").Number("c", 0.7978846f).Number("k", cube).Number("three", 3).Number("one", 1).Number("half", 0.5f)
        .Step("sq", power ? "Identity" : "Mul", power ? ["x"] : ["x", "x"]).Step("q", power ? "Pow" : "Mul", power ? ["x", "three"] : ["sq", "x"]).Step("kq", "Mul", "k", "q").Step("in", "Add", "x", "kq").Step("a", "Mul", "c", "in")
        .Step("t", "Tanh", "a").Step("o", "Add", "t", "one").Step("h", "Mul", "x", "half").Step("y", "Mul", "h", "o");

    [Fact]
    public void A_gelu_with_tanh_is_recognised_by_its_constants()
    {
        Recognised("gelu (tanh)", 8, GeluTanh(0.044715f, power: true), Normal(1, 3, 4));
        Recognised("gelu (tanh)", 9, GeluTanh(0.044715f, power: false), Normal(1, 3, 4));
        NotRecognised(GeluTanh(0.05f, power: true));
    }

    [Fact]
    public void A_number_times_its_sigmoid_is_silu()
    {
        Recognised("silu", 2, new TestModel().Inputs("x").Outputs("y").Step("s", "Sigmoid", "x").Step("y", "Mul", "x", "s"), Normal(1, 3, 4));
        NotRecognised(new TestModel().Inputs("x", "g").Outputs("y").Step("s", "Sigmoid", "x").Step("y", "Mul", "g", "s"));
    }

    static TestModel Rotary(bool split, string negated = "high")
    {
        TestModel model = new TestModel().Inputs("x", "c", "s").Outputs("y");
        foreach ((string name, long value) in new[] { ("zero", 0L), ("middle", 2), ("end", long.MaxValue), ("last", -1) })
        {
            model.Node("Constant", [], [name], [Ints("value_ints", value)]);
        }

        model = split ? model.Node("Split", ["x"], ["low", "high"], [Int("axis", -1), Int("num_outputs", 2)]) : model.Step("low", "Slice", "x", "zero", "middle", "last").Step("high", "Slice", "x", "middle", "end", "last");
        return model.Step("n", "Neg", negated).Step("turned", "Concat", ["n", negated == "high" ? "low" : "high"]).With(Int("axis", -1))
            .Step("a", "Mul", "x", "c").Step("b", "Mul", "turned", "s").Step("y", "Add", "a", "b");
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public void A_rotary_embedding_is_recorded_by_halves(bool split, int width) => Recognised("rotary embedding", split ? 6 : 7, Rotary(split), Normal(1, 2, 3, 4), Normal(2, 3, width), Normal(3, 3, width));

    [Fact]
    public void Halves_that_are_wanted_are_not_taken() => NotRecognised(Rotary(split: false).Outputs("turned"));

    // Whatever is turned which way, the nodes' own meaning holds.
    [Fact]
    public void Halves_turned_the_other_way_give_what_the_nodes_say()
    {
        TestModel model = Rotary(split: false, negated: "low");
        Tensor[] inputs = [Normal(1, 2, 3, 4), Normal(2, 3, 4), Normal(3, 3, 4)];
        Assert.Equal(model.Load(new OnnxLoadOptions { Patterns = false }).Run(inputs)[0].ToBytes(), model.Load().Run(inputs)[0].ToBytes());
    }

    [Fact]
    public void A_batch_norm_behind_a_convolution_is_recognised_and_stays_what_it_is()
    {
        static TestModel Model() => new TestModel().Inputs("x").Outputs("y").Initializer("w", [1, 2, 3, 4], 4, 1, 1, 1).Initializer("g", [1, 2, 3, 4], 4).Initializer("b", [4, 3, 2, 1], 4)
            .Step("c", "Conv", "x", "w").Step("y", "BatchNormalization", "c", "g", "b", "b", "g");
        Recognised("convolution and batch norm", 2, Model(), Normal(1, 2, 1, 3, 3));
        NotRecognised(Model().Outputs("c"));
    }

    [Fact]
    public void A_constant_square_is_a_product_and_in_a_file_of_our_own_the_power_that_was_written()
    {
        static TestModel Model() => new TestModel().Inputs("x").Outputs("y").Number("two", 2).Step("y", "Pow", "x", "two");
        Tensor x = Normal(1, 1000);
        Assert.Equal((x * x).ToBytes(), Model().Load().Run(x)[0].ToBytes());
        TestModel own = Model();
        own.Proto.ProducerName = "ashlar";
        Assert.Equal(x.Pow(2.0).ToBytes(), own.Load().Run(x)[0].ToBytes());
        Assert.NotEqual((x * x).ToBytes(), x.Pow(2.0).ToBytes());
    }

    [Fact]
    public void Patterns_are_told_before_the_launches()
    {
        string text = GeluTanh(0.044715f, power: true).Load().Explain(new Dictionary<string, Ashlar.Onnx.Values.OnnxValue> { ["x"] = Normal(1, 3, 4) });
        Assert.StartsWith("pattern: 1 × gelu (tanh), 8 nodes\nplan: 1 launches", text, StringComparison.Ordinal);
    }
}
