using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Runs that would not end or would take too much are stopped, by a limit or by hand.</summary>
public sealed class RunLimitTests
{
    // 2⁶² steps that each carry a number on; without nodes of its own the body gives what it was given.
    static TestModel Endless(bool counts)
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([new ValueInfoProto { Name = "i" }, new ValueInfoProto { Name = "go" }, new ValueInfoProto { Name = "state" }]);
        body.Output.Add([new ValueInfoProto { Name = "go" }, new ValueInfoProto { Name = counts ? "next" : "state" }]);
        if (counts)
        {
            body.Node.Add(TestModel.MakeNode("Add", ["state", "state"], ["next"]));
        }

        var trips = new TensorProto { Name = "trips", DataType = 7, Int64Data = { 1L << 62 } };
        TestModel model = new TestModel().Input("x", 1, "4").Outputs("y").Node("Loop", ["trips", "", "x"], ["y"], [TestModel.Body("body", body)]);
        model.Graph.Initializer.Add(trips);
        return model;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loop_without_end_comes_to_its_limit(bool counts)
    {
        OnnxModel model = Endless(counts).Load(new OnnxLoadOptions { MostOperations = 500 });
        Assert.Throws<OnnxException>(() => new OnnxModule(model).Run(Tensor.Ones(new Shape(4))));
        string message = Assert.Throws<OnnxException>(() => model.Run(Tensor.Ones(new Shape(4)))).Message;
        Assert.StartsWith("Loop 'loop_1' of int64[], nothing, float32[4]: ", message, StringComparison.Ordinal);
        Assert.EndsWith("the run comes to more than 500 operations here. Load the model with more MostOperations if it is to be trusted.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loop_without_end_can_be_stopped(bool counts)
    {
        OnnxModel model = Endless(counts).Load();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() => model.Run([Tensor.Ones(new Shape(4))], source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => model.Run(new Dictionary<string, OnnxValue> { ["x"] = Tensor.Ones(new Shape(4)) }, source.Token));
    }

    [Fact]
    public void A_value_that_is_too_large_is_refused_before_it_is_computed()
    {
        OnnxModel model = new TestModel().Input("x", 1, "n").Input("y", 1, "m").Outputs("z").Node("Constant", [], ["one"], [TestModel.Ints("value_ints", 1)])
            .Node("Unsqueeze", ["x", "one"], ["column"]).Node("Mul", ["column", "y"], ["z"]).Load(new OnnxLoadOptions { MostBytes = 1000 });
        Assert.Equal(new Shape(10, 20), model.Run(Tensor.Ones(new Shape(10)), Tensor.Ones(new Shape(20)))[0].Shape);
        Assert.Equal("Mul 'mul_1' of float32[10000, 1], float32[20000]: a value float32[10000, 20000] takes 800000000 bytes, where one may take 1000. Load the model with more MostBytes if it is to be trusted. In this run axis 'm' of 'y' is 20000, axis 'n' of 'x' is 10000.",
            Assert.Throws<OnnxException>(() => model.Run(Tensor.Ones(new Shape(10_000)), Tensor.Ones(new Shape(20_000)))).Message);
    }

    [Fact]
    public void What_stays_below_the_limits_runs_as_without_them()
    {
        static TestModel Model() => new TestModel().Input("x", 1, "n").Outputs("y").Node("Exp", ["x"], ["e"]).Node("Neg", ["e"], ["y"]);
        Tensor x = Tensor.Arange(5).To(DType.Float32);
        OnnxModel limited = Model().Load(new OnnxLoadOptions { MostOperations = 10_000, MostBytes = 100 });
        using var source = new CancellationTokenSource();
        foreach (int _ in (int[])[1, 2, 3])
        {
            Assert.Equal(Model().Load().Run(x)[0].ToBytes(), limited.Run([x], source.Token)[0].ToBytes());
        }
    }
}
