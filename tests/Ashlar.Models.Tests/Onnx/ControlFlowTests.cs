using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

public sealed class ControlFlowTests
{
    [Fact]
    public void A_branch_reads_values_around_it()
    {
        OnnxModel model = new TestModel().Inputs("c", "x").Outputs("y")
            .Node("If", ["c"], ["y"], [TestModel.Body("then_branch", Graph([], ["t"], TestModel.MakeNode("Neg", ["x"], ["t"]))), TestModel.Body("else_branch", Graph([], ["e"], TestModel.MakeNode("Exp", ["x"], ["e"])))]).Load();
        Assert.Equal([-2f], Run(model, true));
        Assert.Equal([1f], model.Run(Tensor.From<bool>([false]), Tensor.Zeros(new Shape(1)))[0].ToArray<float>());
    }

    [Theory]
    [InlineData(100L, 5)]     // stopped by its own condition
    [InlineData(3L, 3)]       // stopped by the count
    [InlineData(0L, 0)]
    public void A_loop_carries_and_stacks(long most, int steps)
    {
        // s += x; go on while s < 10; the squares of s are stacked.
        GraphProto body = Graph(["i", "go", "s"], ["more", "next", "square"], TestModel.MakeNode("Add", ["s", "x"], ["next"]), TestModel.MakeNode("Less", ["next", "limit"], ["more"]), TestModel.MakeNode("Mul", ["next", "next"], ["square"]));
        OnnxModel model = new TestModel().Inputs("m", "x").Outputs("end", "squares").Initializer("limit", [10]).Initializer("start", [0])
            .Node("Loop", ["m", "", "start"], ["end", "squares"], [TestModel.Body("body", body)]).Load();
        Tensor[] y = model.Run(Tensor.From<long>([most]), Tensor.From<float>([2f]));
        Assert.Equal(2f * steps, y[0].Item<float>());
        Assert.Equal(steps, y[1].Shape[0]);
        Assert.Equal(Enumerable.Range(1, steps).Select(i => 4f * i * i), y[1].ToArray<float>());
    }

    [Fact]
    public void A_scan_walks_forwards_and_backwards()
    {
        GraphProto body = Graph(["s", "v"], ["t", "out"], TestModel.MakeNode("Add", ["s", "v"], ["t"]), TestModel.MakeNode("Identity", ["t"], ["out"]));
        float[] Scan(long direction) => ((OnnxTensor)TestModel.Run("Scan", [TestModel.F([0], 1), TestModel.F([1, 2, 3], 3, 1)], [TestModel.Body("body", body), TestModel.Int("num_scan_inputs", 1), TestModel.Ints("scan_input_directions", direction)], outputs: 2)[1]).Tensor.ToArray<float>();
        Assert.Equal([1f, 3f, 6f], Scan(0));
        Assert.Equal([3f, 5f, 6f], Scan(1));
    }

    [Fact]
    public void A_loop_without_steps_stacks_nothing_of_the_declared_kind()
    {
        GraphProto body = Graph(["i", "go", "s"], ["more", "next", "rows"], TestModel.MakeNode("Identity", ["go"], ["more"]), TestModel.MakeNode("Identity", ["s"], ["next"]), TestModel.MakeNode("Identity", ["s"], ["rows"]));
        var shape = new TensorShapeProto();
        shape.Dim.Add([new TensorShapeProto.Types.Dimension { DimValue = 3 }, new TensorShapeProto.Types.Dimension { DimParam = "n" }]);
        body.Output[2].Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 7, Shape = shape } };
        OnnxValue rows = TestModel.Run("Loop", [Tensor.From<long>([0]), null, TestModel.I([1, 2, 3], 3, 1)], [TestModel.Body("body", body)], outputs: 2)[1];
        Assert.Equal("int64[0, 3, 0]", rows.ToString());
    }

    [Fact]
    public void A_scan_of_version_8_walks_each_row_to_its_length()
    {
        // Running sums of two rows, of which the second has two elements.
        GraphProto body = Graph(["s", "v"], ["t", "out"], TestModel.MakeNode("Add", ["s", "v"], ["t"]), TestModel.MakeNode("Identity", ["t"], ["out"]));
        OnnxValue[] y = TestModel.Run("Scan", [TestModel.I([3, 2]), TestModel.F([0, 100], 2, 1), TestModel.F([1, 2, 3, 4, 5, 6], 2, 3, 1)], [TestModel.Body("body", body), TestModel.Int("num_scan_inputs", 1)], 8, outputs: 2);
        Assert.Equal([6f, 109f], ((OnnxTensor)y[0]).Tensor.ToArray<float>());
        Assert.Equal("float32[2, 3, 1]", y[1].ToString());
        Assert.Equal([1f, 3f, 6f, 104f, 109f, 0f], ((OnnxTensor)y[1]).Tensor.ToArray<float>());
    }

    [Fact]
    public void Sequences_are_lists_on_the_host()
    {
        OnnxModel model = new TestModel().Inputs("a", "b").Outputs("n", "last", "all").Node("SequenceConstruct", ["a", "b"], ["s"]).Node("SequenceInsert", ["s", "a"], ["t"]).Node("SequenceLength", ["t"], ["n"])
            .Node("Constant", [], ["minus"], [TestModel.Int("value_int", -1)]).Node("SequenceAt", ["t", "minus"], ["last"]).Node("SequenceErase", ["t", "minus"], ["u"]).Node("ConcatFromSequence", ["u"], ["all"], [TestModel.Int("axis", 0)]).Load();
        Tensor[] y = model.Run(Tensor.From<float>([1, 2], 2), Tensor.From<float>([3], 1));
        Assert.Equal(3, y[0].Item<long>());
        Assert.Equal([1f, 2f], y[1].ToArray<float>());
        Assert.Equal([1f, 2f, 3f], y[2].ToArray<float>());
    }

    static float[] Run(OnnxModel model, bool condition) => model.Run(Tensor.From<bool>([condition]), Tensor.From<float>([2f], 1))[0].ToArray<float>();

    static GraphProto Graph(string[] inputs, string[] outputs, params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "body" };
        graph.Input.Add(inputs.Select(name => new ValueInfoProto { Name = name }));
        graph.Output.Add(outputs.Select(name => new ValueInfoProto { Name = name }));
        graph.Node.Add(nodes);
        return graph;
    }
}
