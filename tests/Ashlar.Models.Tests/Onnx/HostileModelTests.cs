using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Small files that ask for much.</summary>
public sealed class HostileModelTests
{
    [Fact]
    public void A_shape_of_a_million_axes_is_refused_and_does_not_exhaust_the_stack()
    {
        TestModel model = new TestModel().Outputs("y").Node("Constant", [], ["n"], [TestModel.Ints("value_ints", [.. Enumerable.Repeat(1L, 1 << 20)])]).Node("ConstantOfShape", ["n"], ["y"]);

        Assert.Contains("1048576 axes, where a tensor has at most 64.", Assert.Throws<OnnxException>(() => model.Load().Run([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_of_more_axes_than_a_tensor_has_is_refused_as_it_is_read()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("Add", ["x", "w"], ["y"]);
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { Enumerable.Repeat(1L, 65) }, FloatData = { 1 } });

        Assert.Equal("ONNX: tensor 'w' has 65 axes, where 64 are the most. The file is damaged; export it again.", Assert.Throws<OnnxException>(model.Load).Message);
    }

    [Fact]
    public void Functions_that_double_at_every_level_are_refused()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("F0", ["x"], ["y"], null, "own");
        for (int level = 0; level < 40; level++)
        {
            var function = new FunctionProto { Name = $"F{level}", Domain = "own", Input = { "a" }, Output = { "b" } };
            string inner = level < 39 ? $"F{level + 1}" : "Neg";
            function.Node.Add([TestModel.MakeNode(inner, ["a"], ["m"], null, level < 39 ? "own" : ""), TestModel.MakeNode(inner, ["m"], ["b"], null, level < 39 ? "own" : "")]);
            model.Proto.Functions.Add(function);
        }

        Assert.Equal("ONNX: the model has more than 524288 nodes when its functions are written out, 'Neg' is one too many. Functions that call others twice at each level grow like that; flatten them.", Assert.Throws<OnnxException>(model.Load).Message);
    }

    [Fact]
    public void A_constant_that_cannot_be_computed_names_its_node()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Initializer("table", [1, 2, 3], 3).Longs("place", 3).Node("Abs", ["table"], ["positive"]).Node("Gather", ["positive", "place"], ["picked"]).Node("Add", ["x", "picked"], ["y"]);

        Assert.Equal("Gather 'gather_1' of float32[3], int64[1]: Gather: index 3 lies outside -3 … 2 along axis 0 of extent 3. Check the labels or indices against the extent of the axis.", Assert.Throws<OnnxException>(model.Load).Message);
    }

    [Fact]
    public void An_extent_that_cannot_be_picked_names_the_node_that_reads_it()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Longs("place", 3).Node("Shape", ["x"], ["shape"]).Node("Gather", ["shape", "place"], ["picked"]).Node("Expand", ["x", "picked"], ["y"]).Load();

        foreach (Func<Tensor, object> run in (Func<Tensor, object>[])[x => model.Run(x), x => new OnnxModule(model).Forward(x), x => model.Explain(new Dictionary<string, OnnxValue> { ["x"] = x })])
        {
            Assert.Equal("Expand 'expand_1' of float32[2, 3], int64[1]: Gather: index 3 lies outside -2 … 1 along axis 0 of extent 2. Check the labels or indices against the extent of the axis.", Assert.Throws<OnnxException>(() => run(Tensor.Ones(new Shape(2, 3)))).Message);
        }
    }

    [Theory]
    [InlineData("MelWeightMatrix", 1L << 30)]
    [InlineData("ConstantOfShape", 1L << 30)]
    public void Constants_that_would_fill_the_host_are_refused(string op, long extent)
    {
        TestModel model = new TestModel().Outputs("y").Node("Constant", [], ["n"], [TestModel.Ints("value_ints", extent)]).Node("Constant", [], ["k"], [TestModel.Int("value_int", 512)]).Node("Constant", [], ["f"], [TestModel.Float("value_float", 100)]);
        var text = new TensorProto { DataType = 8, Dims = { 1 }, StringData = { Google.Protobuf.ByteString.CopyFromUtf8("long") } };
        model.Node(op, op == "ConstantOfShape" ? ["n"] : ["n", "k", "k", "f", "f"], ["y"], op == "ConstantOfShape" ? [new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = text }] : []);
        string message = Assert.Throws<OnnxException>(model.Load).Message;
        Assert.Contains("elements on the host, where 67108864 are held at most. Give smaller extents.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_products_of_constants_are_left_to_the_run()
    {
        // 8·10¹² operations would take minutes.
        TestModel model = new TestModel().Outputs("y").Node("Constant", [], ["n"], [TestModel.Ints("value_ints", 16000, 16000)]).Node("ConstantOfShape", ["n"], ["a"]).Node("MatMul", ["a", "a"], ["y"]);
        Assert.Single(model.Load().Outputs);
    }

    [Fact]
    public void Many_nodes_in_the_wrong_order_are_put_in_order_at_once()
    {
        const int Count = 30_000;
        TestModel model = new TestModel().Inputs("v0").Outputs($"v{Count}");
        for (int i = Count; i > 0; i--)
        {
            model.Node("Neg", [$"v{i - 1}"], [$"v{i}"]);
        }

        // In passes over all nodes it would be half a billion visits, and this test would be noticed.
        Assert.Equal(Count, model.Load().Operators[0].Count);
    }

    [Fact]
    public void A_segment_of_a_tensor_is_refused()
    {
        TestModel model = new TestModel().Outputs("w");
        TensorProto tensor = TestModel.Raw("w", [1, 2], 2);
        tensor.Segment = new TensorProto.Types.Segment { Begin = 0, End = 2 };
        model.Graph.Initializer.Add(tensor);
        Assert.Equal("ONNX: tensor 'w' is one segment of a larger one, which no version of the format says how to join. Export it whole, or as external data.", Assert.Throws<OnnxException>(model.Load).Message);
    }
}
