using Ashlar.Onnx;

namespace Ashlar.Models.Tests.Onnx;

public sealed class OnnxGraphTests
{
    [Fact]
    public void Shapes_are_told_in_terms_of_symbolic_axes()
    {
        OnnxGraph graph = new TestModel().Input("x", 1, "batch", "time", "2").Outputs("y").Initializer("w", [1, 2, 3, 4, 5, 6], 2, 3)
            .Node("MatMul", ["x", "w"], ["a"]).Node("Constant", [], ["k"], [TestModel.Ints("value_ints", -1, 3)]).Node("Reshape", ["a", "k"], ["b"]).Node("Concat", ["b", "b"], ["c"], [TestModel.Int("axis", 0)])
            .Node("Transpose", ["a"], ["y"], [TestModel.Ints("perm", 2, 0, 1)]).Load().Graph();
        Assert.Equal("float32[batch, time, 3]", graph.Types["a"]);
        Assert.Equal("float32[2, 3]", graph.Types["w"]);
        Assert.Equal("float32[batch·time, 3]", graph.Types["b"]);
        Assert.Equal("float32[2·batch·time, 3]", graph.Types["c"]);
        Assert.Equal("float32[3, batch, time]", graph.Types["y"]);
    }

    [Fact]
    public void Axes_that_shrink_are_parts_of_symbolic_ones()
    {
        TestModel model = new TestModel().Input("x", 1, "n", "1", "rows", "columns").Outputs("y");
        for (int i = 0; i < 5; i++)
        {
            model.Node("MaxPool", [i == 0 ? "x" : $"p{i - 1}"], [$"p{i}"], [TestModel.Ints("kernel_shape", 2, 2), TestModel.Ints("strides", 2, 2)]);
        }

        OnnxGraph graph = model.Node("Relu", ["p4"], ["y"]).Load().Graph();
        Assert.Equal("float32[n, 1, rows/2, columns/2]", graph.Types["p0"]);
        Assert.Equal("float32[n, 1, rows/32, columns/32]", graph.Types["y"]);
    }

    [Fact]
    public void Operations_are_counted_for_the_extents_that_are_asked_for()
    {
        OnnxModel model = new TestModel().Input("x", 1, "batch", "4").Outputs("y").Initializer("w", new float[32], 4, 8).Initializer("b", new float[8], 8)
            .Node("MatMul", ["x", "w"], ["p"]).Node("Add", ["p", "b"], ["q"]).Node("Relu", ["q"], ["y"]).Load();
        Assert.Equal([64L, 8L, 8L], model.Graph().Nodes.Select(node => node.Flops!.Value));
        Assert.Equal(10 * 80, model.Graph(new Dictionary<string, int> { ["batch"] = 10 }).Flops);
        Assert.True(model.Graph().IsComplete);
        Assert.Equal("float32[batch, 8]", model.Graph().Types["y"]);
        Assert.Equal("float32[batch, 8]", model.Graph(new Dictionary<string, int> { ["batch"] = 10 }).Types["y"]);
    }

    [Fact]
    public void Extents_beyond_all_memory_and_complex_numbers_leave_shapes_unknown()
    {
        OnnxGraph huge = new TestModel().Input("x", 1, "2147483647", "2147483647").Outputs("y").Node("Neg", ["x"], ["y"]).Load().Graph();
        Assert.False(huge.Types.ContainsKey("y"));
        OnnxGraph complex = new TestModel().Input("x", 14, "2").Outputs("y").Node("Identity", ["x"], ["y"]).Load().Graph();
        Assert.Null(Assert.Single(complex.Nodes).Flops);
    }

    [Fact]
    public void Behind_a_node_that_refuses_zeros_nothing_is_known()
    {
        OnnxGraph graph = new TestModel().Input("x", 1, "2").Input("n", 7, "1").Outputs("y")
            .Node("Neg", ["x"], ["a"]).Node("Reshape", ["a", "n"], ["b"], [TestModel.Int("allowzero", 1)]).Node("Relu", ["b"], ["y"]).Load().Graph();
        Assert.Equal("float32[2]", graph.Types["a"]);
        Assert.False(graph.Types.ContainsKey("y"));
        Assert.Equal([true, false, false], graph.Nodes.Select(node => node.Flops is not null));
        Assert.False(graph.IsComplete);
    }
}
