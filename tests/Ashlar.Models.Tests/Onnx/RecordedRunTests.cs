using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Runs after the first take a recorded one where they may, and must not where they may not.</summary>
public sealed class RecordedRunTests
{
    [Fact]
    public void Every_run_computes_on_its_own_values_in_any_shape()
    {
        OnnxModel model = new TestModel().Input("x", 1, "n", "2").Outputs("y").Initializer("w", [2, 0, 0, 3], 2, 2).Node("MatMul", ["x", "w"], ["y"]).Load();
        foreach (int rows in (int[])[1, 3, 1, 3])
        {
            float[] values = [.. Enumerable.Range(1, 2 * rows).Select(i => (float)i * rows)];
            Assert.Equal(values.Select((value, i) => value * (2 + (i % 2))), model.Run(Tensor.From<float>(values, rows, 2))[0].ToArray<float>());
        }
    }

    [Fact]
    public void More_shapes_than_are_remembered_are_run_too()
    {
        OnnxModel model = new TestModel().Input("x", 1, "n").Outputs("y").Node("Neg", ["x"], ["y"]).Load();
        foreach (int n in Enumerable.Range(1, 40).Concat(Enumerable.Range(1, 40)))
        {
            Assert.Equal(-(float)n, model.Run(Tensor.Full(new Shape(n), n))[0].ToArray<float>()[^1]);
        }
    }

    [Fact]
    public void A_shape_that_is_an_input_is_looked_at_in_every_run()
    {
        OnnxModel model = new TestModel().Inputs("x", "shape").Outputs("y").Node("Reshape", ["x", "shape"], ["y"]).Load();
        Tensor x = Tensor.Arange(6);
        foreach (long rows in (long[])[2, 3, 2, 6])
        {
            Assert.Equal(new Shape((int)rows, 6 / (int)rows), model.Run(x, Tensor.From([rows, -1], 2))[0].Shape);
        }
    }

    [Fact]
    public void A_branch_is_chosen_in_every_run()
    {
        static GraphProto Body(string operation)
        {
            var graph = new GraphProto { Name = operation };
            graph.Node.Add(TestModel.MakeNode(operation, ["x"], ["r"]));
            graph.Output.Add(new ValueInfoProto { Name = "r" });
            return graph;
        }

        OnnxModel model = new TestModel().Inputs("flag", "x").Outputs("y").Node("If", ["flag"], ["y"], [TestModel.Body("then_branch", Body("Neg")), TestModel.Body("else_branch", Body("Abs"))]).Load();
        foreach (bool flag in (bool[])[true, false, true, false])
        {
            Assert.Equal(flag ? [-3f] : [3f], model.Run(Tensor.From([flag]), Tensor.From([3f], 1))[0].ToArray<float>());
        }
    }

    [Fact]
    public void Results_whose_extents_depend_on_values_are_computed_in_every_run()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Node("NonZero", ["x"], ["y"]).Load();
        Assert.Equal([0L, 2], model.Run(Tensor.From([1f, 0, 1], 3))[0].ToArray<long>());
        Assert.Equal([1L], model.Run(Tensor.From([0f, 5, 0], 3))[0].ToArray<long>());
    }

    [Fact]
    public void Runs_that_draw_differ()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Node("RandomNormalLike", ["x"], ["r"]).Node("Add", ["x", "r"], ["y"]).Load();
        Tensor x = Tensor.Zeros(new Shape(4));
        Assert.NotEqual(model.Run(x)[0].ToArray<float>(), model.Run(x)[0].ToArray<float>());
    }

    [Fact]
    public void A_run_that_fails_spoils_no_later_one()
    {
        OnnxModel model = new TestModel().Inputs("x", "y").Outputs("z").Node("MatMul", ["x", "y"], ["z"]).Load();
        Tensor square = Tensor.Eye(2);
        Assert.Throws<OnnxException>(() => model.Run(square, Tensor.Ones(new Shape(3, 1))));
        Assert.Equal(square.ToArray<float>(), model.Run(square, square)[0].ToArray<float>());
        Assert.Contains("'y' is missing", Assert.Throws<OnnxException>(() => model.Run(new Dictionary<string, OnnxValue> { ["x"] = square })).Message, StringComparison.Ordinal);
        Assert.Contains("'w' is no input", Assert.Throws<OnnxException>(() => model.Run(new Dictionary<string, OnnxValue> { ["x"] = square, ["y"] = square, ["w"] = square })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_goes_through_a_run()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Node("Mul", ["x", "x"], ["y"]).Load();
        Tensor x = Tensor.From([3f], 1);
        model.Run(x);
        Assert.Equal([6f], Transform.Gradient(v => model.Run(v)[0].Sum())(x).ToArray<float>());
    }

    [Fact]
    public void A_short_loop_over_values_gives_the_same_in_every_run()
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([new ValueInfoProto { Name = "i" }, new ValueInfoProto { Name = "goes" }, new ValueInfoProto { Name = "s" }]);
        body.Node.Add([TestModel.MakeNode("Add", ["s", "x"], ["next"]), TestModel.MakeNode("Identity", ["goes"], ["on"])]);
        body.Output.Add([new ValueInfoProto { Name = "on" }, new ValueInfoProto { Name = "next" }]);
        OnnxModel model = new TestModel().Inputs("n", "x").Outputs("y").Node("Loop", ["n", "", "x"], ["y"], [TestModel.Body("body", body)]).Load();
        foreach (long n in (long[])[3, 100, 3])
        {
            Assert.Equal([2f * (n + 1)], model.Run(Tensor.From([n], 1), Tensor.From([2f], 1))[0].ToArray<float>());
        }
    }

    [Fact]
    public void Weights_that_are_laid_out_anew_change_no_bit()
    {
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(19, 3, 8));
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Initializer("w", w.ToArray<float>(), 19, 3, 8).Node("Conv", ["x", "w"], ["y"], [TestModel.Ints("strides", 8), TestModel.Ints("kernel_shape", 8)]).Load();
        foreach (int places in (int[])[1, 4, 15, 16])
        {
            Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(1, 3, 8 * places));
            Assert.Equal(Nn.Functional.Conv1d(x, w, stride: 8).ToBytes(), model.Run(x)[0].ToBytes());
        }
    }
}
