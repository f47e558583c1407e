using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Optim;

namespace Ashlar.Models.Tests.Onnx;

public sealed class OnnxModuleTests
{
    [Fact]
    public void Weights_are_parameters_under_their_names_and_statistics_are_buffers()
    {
        OnnxModule module = new(Network());
        Assert.Equal(["layer.0.weight", "layer.0.bias", "head.weight"], module.NamedParameters().Select(pair => pair.Name));
        Assert.Equal(["norm.mean", "norm.variance"], new OnnxModule(Normalised()).NamedBuffers().Select(pair => pair.Name));
        Assert.Equal(["x"], module.Required);
        Assert.Contains("head: weight float32[16, 1]", module.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_gives_the_bits_of_its_model()
    {
        OnnxModel model = Network();
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(3), new Shape(5, 3));
        Assert.Equal(model.Run(x)[0].ToBytes(), new OnnxModule(model).Forward(x).ToBytes());
    }

    [Fact]
    public void A_network_is_trained_further_saved_and_read_again_with_the_same_outputs()
    {
        (double first, double last, byte[] trained, byte[] again) = Train();
        Assert.True(last < first / 10, $"the loss went from {first} to {last}");
        Assert.Equal(trained, again);
        Assert.Equal(trained, Train().Trained);
    }

    [Fact]
    public void A_frozen_weight_stays()
    {
        OnnxModule module = new(Network());
        Parameter frozen = module.NamedParameters().First(pair => pair.Name == "layer.0.weight").Parameter;
        byte[] before = frozen.Master.ToBytes();
        frozen.IsFrozen = true;
        new SGD(module.Parameters, 0.1).Step(module.Forward(Tensor.Ones(new Shape(2, 3))).Square().Mean());
        Assert.Equal(before, frozen.Master.ToBytes());
    }

    [Fact]
    public void The_gradient_operator_differentiates_what_stands_before_it()
    {
        // c = a + b, d = c · b: the gradient of d by a is b, by b it is a + 2 b.
        TestModel model = new TestModel(21, "ai.onnx.preview.training").Inputs("a", "b").Outputs("da", "db").Node("Add", ["a", "b"], ["c"]).Node("Mul", ["c", "b"], ["d"])
            .Node("Gradient", ["a", "b"], ["da", "db"], [TestModel.Texts("xs", "a", "b"), TestModel.Text("y", "d")], "ai.onnx.preview.training");
        Tensor[] y = model.Load().Run(Tensor.From<float>([2f]), Tensor.From<float>([5f]));
        Assert.Equal((5f, 12f), (y[0].Item<float>(), y[1].Item<float>()));
    }

    static (double First, double Last, byte[] Trained, byte[] Again) Train()
    {
        OnnxModule module = new(Network());
        var optimizer = new AdamW(module.Parameters, learningRate: 0.02);
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(64, 3));
        Tensor y = x.Slice(1, 0, 1) - (x.Slice(1, 1, 1) * 2.0);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 200; step++)
        {
            Tensor loss = Loss.MeanSquaredError(module.Forward(x), y);
            last = loss.Item<float>();
            first = step == 0 ? last : first;
            optimizer.Step(loss);
        }

        string path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-onnx").FullName, "model.onnx");
        module.Save(path);
        byte[] again = OnnxModel.Load(path).Run(x)[0].ToBytes();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return (first, last, module.Forward(x).ToBytes(), again);
    }

    static OnnxModel Network()
    {
        float[] Draw(int seed, int count) => Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(count), 0, 0.5).ToArray<float>();
        return new TestModel().Input("x", 1, "n", "3").Outputs("y").Initializer("layer.0.weight", Draw(1, 48), 3, 16).Initializer("layer.0.bias", Draw(2, 16), 16).Initializer("head.weight", Draw(3, 16), 16, 1)
            .Node("MatMul", ["x", "layer.0.weight"], ["p"]).Node("Add", ["p", "layer.0.bias"], ["q"]).Node("Tanh", ["q"], ["r"]).Node("MatMul", ["r", "head.weight"], ["y"]).Load();
    }

    static OnnxModel Normalised() => new TestModel().Input("x", 1, "n", "2").Outputs("y").Initializer("norm.scale", [1, 1], 2).Initializer("norm.bias", [0, 0], 2).Initializer("norm.mean", [0, 1], 2).Initializer("norm.variance", [1, 2], 2)
        .Node("BatchNormalization", ["x", "norm.scale", "norm.bias", "norm.mean", "norm.variance"], ["y"]).Load();
}
