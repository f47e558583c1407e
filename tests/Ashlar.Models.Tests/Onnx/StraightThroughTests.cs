using Ashlar.Onnx;
using Ashlar.Optim;

namespace Ashlar.Models.Tests.Onnx;

public sealed class StraightThroughTests
{
    // torch.fake_quantize_per_tensor_affine(x, 0.01, -20, -128, 127), and the gradient of the sum of its values times 1 to 16.
    static readonly float[] X = [-0.9f, -0.55f, 0.13f, 0.37f, 0.5f, 1.27f, 1.32f, 2.0f, 1.474f, 1.4749f, 1.4751f, 1.476f, -1.084f, -1.0849f, -1.0851f, -1.09f];
    static readonly float[] Y = [-0.9f, -0.55f, 0.13f, 0.37f, 0.5f, 1.27f, 1.32f, 1.47f, 1.47f, 1.47f, 1.47f, 1.47f, -1.08f, -1.08f, -1.08f, -1.08f];
    static readonly float[] Gradient = [1, 2, 3, 4, 5, 6, 7, 0, 9, 10, 0, 0, 13, 14, 0, 0];

    [Fact]
    public void A_gradient_passes_what_was_rounded_and_stops_where_the_range_is_left_as_in_pytorch()
    {
        OnnxModule module = new(Pair());
        Tensor x = Tensor.From<float>(X, X.Length);
        float[] y = module.Forward(x).ToArray<float>();
        Assert.All(y.Zip(Y), pair => Assert.Equal(pair.Second, pair.First, 6));
        Tensor weights = Tensor.Arange(1, 17).To(DType.Float32);
        Assert.Equal(Gradient, Transform.Gradient(v => (module.Forward(v) * weights).Sum())(x).ToArray<float>());
    }

    [Fact]
    public void Movements_between_the_two_keep_the_gradient()
    {
        OnnxModule module = new(new TestModel(13).Input("x", 1, "n").Outputs("y").Initializer("scale", [0.5f]).Longs("rows", 2, -1)
            .Node("QuantizeLinear", ["x", "scale"], ["q"]).Node("Reshape", ["q", "rows"], ["r"]).Node("Transpose", ["r"], ["t"]).Node("DequantizeLinear", ["t", "scale"], ["y"]).Load());
        Tensor gradient = Transform.Gradient(v => (module.Forward(v) * Tensor.From<float>([1, 2, 3, 4], 2, 2)).Sum())(Tensor.From<float>([1, 2, 3, -4], 4));
        Assert.Equal([1f, 3, 2, 0], gradient.ToArray<float>());
    }

    [Fact]
    public void A_weight_that_is_rounded_on_its_way_is_a_parameter_and_is_trained()
    {
        OnnxModule module = new(new TestModel(13).Input("x", 1, "n", "2").Outputs("y").Initializer("weight", [0.3f, -0.2f], 2, 1).Initializer("scale", [0.01f])
            .Node("QuantizeLinear", ["weight", "scale", "zero"], ["q"]).Node("DequantizeLinear", ["q", "scale", "zero"], ["w"]).Node("MatMul", ["x", "w"], ["y"]).SignedBytes("zero", 0).Load());
        Assert.Equal(["weight"], module.NamedParameters().Select(pair => pair.Name));
        new SGD(module.Parameters, 0.1).Step(module.Forward(Tensor.From<float>([1, 2, 3, 4], 2, 2)).Sum());
        Assert.Equal([0.3f - 0.4f, -0.2f - 0.6f], module.Parameters[0].Master.ToArray<float>());
    }

    static OnnxModel Pair() => new TestModel(13).Input("x", 1, "n").Outputs("y").Initializer("scale", [0.01f]).SignedBytes("zero", -20)
        .Node("QuantizeLinear", ["x", "scale", "zero"], ["q"]).Node("DequantizeLinear", ["q", "scale", "zero"], ["y"]).Load();
}
