using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

public sealed class OnnxComparisonTests
{
    static readonly Dictionary<string, OnnxValue> Input = new() { ["x"] = Tensor.From<float>([1, -2, 3, -4], 2, 2) };

    [Fact]
    public void A_model_is_equal_to_itself_in_every_node()
    {
        var comparison = OnnxComparison.Of(Network(0.5f), Network(0.5f), Input);
        Assert.Equal(["MatMul", "Add", "Relu", "Softmax"], comparison.Nodes.Select(node => node.Operator));
        Assert.All(comparison.Nodes.Concat(comparison.Outputs), node => Assert.Equal((0, 0.0), (node.Differing, node.Difference)));
        Assert.Null(comparison.FirstDifference());
        Assert.Equal("y", Assert.Single(comparison.Outputs).First);
        Assert.Equal((0, 0), (comparison.OnlyFirst.Count, comparison.OnlySecond.Count));
    }

    [Fact]
    public void The_first_node_that_differs_is_named_with_how_much()
    {
        var comparison = OnnxComparison.Of(Network(0.5f), Network(0.75f), Input);
        OnnxNodeComparison first = comparison.FirstDifference()!;
        Assert.Equal(("Add", "add_1", "float32[2, 2]", 0.25, 2L, 4L), (first.Operator, first.First, first.Type, first.Difference, first.Differing, first.Count));

        // The product is [[-5, -6], [-9, -10]] and the bias moves its first column by a quarter.
        Assert.Equal(0.25 / 10, first.Relative, 12);
        Assert.True(first.Differs(0.02));
        Assert.False(first.Differs(0.03));
    }

    [Fact]
    public void Networks_of_other_names_are_matched_by_order_and_operator()
    {
        TestModel other = new TestModel().Input("input", 1, "n", "2").Outputs("result").Initializer("k", [1, 2, 3, 4], 2, 2).Initializer("c", [0.5f, 0], 2)
            .Node("MatMul", ["input", "k"], ["t1"]).Node("Add", ["t1", "c"], ["t2"]).Node("Identity", ["t2"], ["t3"]).Node("Relu", ["t3"], ["t4"]).Node("Softmax", ["t4"], ["result"]);
        var comparison = OnnxComparison.Of(Network(0.5f), other.Load(), Input);
        Assert.Equal(["MatMul", "Add", "Relu", "Softmax"], comparison.Nodes.Select(node => node.Operator));
        Assert.Null(comparison.FirstDifference());
        Assert.Equal("identity_1", Assert.Single(comparison.OnlySecond));
        Assert.Equal(("y", "result"), (comparison.Outputs[0].First, comparison.Outputs[0].Second));
    }

    [Fact]
    public void A_network_that_is_cut_into_other_nodes_is_matched_by_its_values()
    {
        TestModel whole = new TestModel().Input("x", 1, "n", "2").Outputs("y").Initializer("w", [1, 2, 3, 4], 2, 2).Initializer("b", [0.5f, 0], 2)
            .Node("Gemm", ["x", "w", "b"], ["g"]).Node("Relu", ["g"], ["y"]);
        TestModel parts = new TestModel().Input("x", 1, "n", "2").Outputs("z").Initializer("w", [1, 2, 3, 4], 2, 2).Initializer("b", [0.5f, 0], 2)
            .Node("MatMul", ["x", "w"], ["p"]).Node("Add", ["p", "b"], ["q"]).Node("Max", ["q", "o"], ["z"]).Initializer("o", [0], 1);
        var comparison = OnnxComparison.Of(whole.Load(), parts.Load(), Input);
        Assert.Equal([("gemm_1", "add_1"), ("relu_1", "max_1")], comparison.Nodes.Select(node => (node.First, node.Second)));
        Assert.Equal("matmul_1", Assert.Single(comparison.OnlySecond));
        Assert.Null(comparison.FirstDifference());
    }

    [Fact]
    public void Another_shape_is_a_difference_that_says_so()
    {
        TestModel wide = new TestModel().Input("x", 1, "n", "2").Outputs("y").Initializer("w", [1, 2, 3, 4, 5, 6], 2, 3)
            .Node("MatMul", ["x", "w"], ["a"]).Node("Relu", ["a"], ["y"]);
        TestModel narrow = new TestModel().Input("x", 1, "n", "2").Outputs("y").Initializer("w", [1, 2, 3, 4], 2, 2)
            .Node("MatMul", ["x", "w"], ["a"]).Node("Relu", ["a"], ["y"]);
        OnnxNodeComparison first = OnnxComparison.Of(wide.Load(), narrow.Load(), Input).FirstDifference(0.5)!;
        Assert.Equal(("MatMul", "float32[2, 3] against float32[2, 2]"), (first.Operator, first.Mismatch));
    }

    [Fact]
    public void Models_of_other_inputs_are_refused()
    {
        TestModel two = new TestModel().Inputs("a", "b").Outputs("y").Node("Add", ["a", "b"], ["y"]);
        Assert.StartsWith("ONNX: the first model takes x: Float32[n, 2], the second a: ", Assert.Throws<OnnxException>(() => OnnxComparison.Of(Network(1), two.Load(), Input)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_has_the_bits_of_a_run()
    {
        OnnxModel model = Network(0.5f);
        IReadOnlyList<OnnxNodeValues> nodes = model.Trace(Input);
        Assert.Equal(((OnnxTensor)model.Run(Input)["y"]).Tensor.ToBytes(), ((OnnxTensor)nodes[^1].Outputs[0].Value).Tensor.ToBytes());
        Assert.Equal([-4.5f, -6, -8.5f, -10], ((OnnxTensor)nodes.Single(node => node.Operator == "Add").Outputs[0].Value).Tensor.ToArray<float>());
    }

    static OnnxModel Network(float bias) => new TestModel().Input("x", 1, "n", "2").Outputs("y").Initializer("w", [1, 2, 3, 4], 2, 2).Initializer("b", [bias, 0], 2)
        .Node("MatMul", ["x", "w"], ["p"]).Node("Add", ["p", "b"], ["q"]).Node("Relu", ["q"], ["r"]).Node("Softmax", ["r"], ["y"]).Load();
}
