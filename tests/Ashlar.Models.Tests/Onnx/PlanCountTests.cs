using Ashlar.Onnx;

namespace Ashlar.Models.Tests.Onnx;

[CollectionDefinition(nameof(PlanCountTests), DisableParallelization = true)]
public sealed class PlanCounts;

/// <summary>Reads counters of the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(PlanCountTests))]
public sealed class PlanCountTests
{
    [Fact]
    public void What_depends_on_shapes_alone_builds_no_plan_again()
    {
        // Flatten by hand: the shape is read, cut and joined.
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Node("Shape", ["x"], ["s"]).Node("Constant", [], ["zero"], [TestModel.Ints("value_ints", 0)]).Node("Gather", ["s", "zero"], ["n"])
            .Node("Constant", [], ["rest"], [TestModel.Ints("value_ints", -1)]).Node("Concat", ["n", "rest"], ["shape"], [TestModel.Int("axis", 0)]).Node("Reshape", ["x", "shape"], ["r"]).Node("Neg", ["r"], ["y"]).Load();
        Tensor x = Tensor.Arange(6).To(DType.Float32).Reshape(2, 3, 1);
        Tensor.Eval(x);
        model.Run(x);
        model.Run(x);
        (long built, long run) = (Diagnostics.PlansBuilt, Diagnostics.PlansRun);
        Assert.Equal(new Shape(2, 3), model.Run(x)[0].Shape);
        Assert.Equal((0, 1), (Diagnostics.PlansBuilt - built, Diagnostics.PlansRun - run));
        Assert.Equal(new Shape(1, 4), model.Run(Tensor.Ones(new Shape(1, 4, 1)))[0].Shape);
    }
}
