using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
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
    public void Weights_that_are_cut_apart_and_joined_are_parameters_and_numbers_of_a_formula_are_none()
    {
        // As recurrent layers are written: gates in another order; and ones that stand for a normalisation without weights.
        OnnxModule module = new(new TestModel(12).Input("x", 1, "n", "2").Outputs("y").Initializer("cell.weight", [1, 2, 3, 4], 4, 1).Initializer("token", [5, 6], 1, 2).Initializer("sizes", [1, 1], 2)
            .Node("Slice", ["cell.weight", "from2", "to4", "axis0"], ["last"]).Node("Concat", ["last", "last"], ["joined"], [TestModel.Int("axis", 1)]).Node("MatMul", ["x", "joined"], ["p"])
            .Node("Constant", [], ["ones"], [Value("ones", 1, 1)]).Node("Constant", [], ["table"], [Value("table", 1, 2)]).Node("Mul", ["p", "ones"], ["q"]).Node("Mul", ["q", "table"], ["r"]).Node("Add", ["r", "token"], ["s"])
            .Node("Concat", ["sizes", "sizes"], ["scales"], [TestModel.Int("axis", 0)]).Node("Reshape", ["s", "shape4"], ["t"]).Node("Resize", ["t", "", "scales"], ["y"])
            .Longs("from2", 2).Longs("to4", 4).Longs("axis0", 0).Longs("shape4", 1, 1, -1, 2).Load());
        Assert.Equal(["token", "table", "cell.weight"], module.NamedParameters().Select(pair => pair.Name));
        Assert.Contains("token float32[1, 2]", module.ToString(), StringComparison.Ordinal);
        Assert.Equal([1, 1, 1, 2], module.Forward(Tensor.Ones(new Shape(1, 2))).Shape.Extents);
    }

    [Fact]
    public void Weights_of_half_floats_learn_in_float32_and_are_saved_as_halves()
    {
        TestModel model = new TestModel().Input("x", 10, "n").Outputs("y").Initializer("w", [1], 1).Node("Mul", ["x", "w"], ["y"]);
        model.Graph.Initializer[0].DataType = 10;
        model.Graph.Initializer[0].RawData = Google.Protobuf.ByteString.CopyFrom(0, 0x3C);
        OnnxModule module = new(model.Load());
        var optimizer = new SGD(module.Parameters, 1e-4);
        Tensor x = Tensor.Ones(new Shape(1), DType.Float16);
        for (int step = 0; step < 10; step++)
        {
            // Each step takes 1e-4, a fifth of what separates a half float from 1 on this side.
            optimizer.Step(module.Forward(x).To(DType.Float32).Sum());
        }

        Assert.Equal(0.999f, module.Parameters[0].Master.ToArray<float>()[0], 1e-6f);
        string path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-onnx").FullName, "model.onnx");
        module.Save(path);
        Tensor again = OnnxModel.Load(path).Run(x)[0];
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal((DType.Float16, 1 - (1f / 1024)), (again.DType, again.To(DType.Float32).ToArray<float>()[0]));
        Assert.Equal(module.Forward(x).ToBytes(), again.ToBytes());
    }

    [Fact]
    public void A_module_takes_other_batches_than_the_file_fixes_and_refuses_what_is_no_input()
    {
        OnnxModule module = new(new TestModel().Input("ids", 7, "1", "n").Input("x", 1, "1", "2").Outputs("y").Initializer("table", [1, 2, 3, 4], 2, 2).Node("Gather", ["table", "ids"], ["rows"]).Node("Add", ["rows", "x"], ["y"]).Load());
        Tensor ids = Tensor.Zeros(new Shape(3, 2), DType.Int64);
        Assert.Equal(new Shape(3, 2, 2), module.Run(ids, Tensor.Ones(new Shape(1, 2)))[0].Shape);
        Assert.Equal(
            "ONNX: the inputs do not fit: 'ids' is Float32, declared as Int64; 'x' is [2], declared as [1, 2]. The model has ids: Int64[1, n]; x: Float32[1, 2]. Cast with To(DType.Int64).",
            Assert.Throws<OnnxException>(() => module.Run(ids.To(DType.Float32), Tensor.Ones(new Shape(2)))).Message);
        Assert.Contains("'x' is Float64", Assert.Throws<OnnxException>(() => module.Run(ids, Tensor.Ones(new Shape(1, 2), DType.Float64))).Message, StringComparison.Ordinal);
        Assert.Equal(DType.Float32, module.Run(ids, Tensor.Ones(new Shape(1, 2), DType.Float32))[0].DType);
    }

    [Theory]
    [InlineData("pytorch", "logit_scale", true)]
    [InlineData("pytorch", "onnx::Mul_7", false)]
    [InlineData("tf2onnx", "logit_scale", false)]
    public void A_scalar_is_a_parameter_where_its_name_says_so(string producer, string name, bool isParameter)
    {
        TestModel model = new TestModel().Input("x", 1, "n").Outputs("y").Initializer(name, [0]).Node("Exp", [name], ["scale"]).Node("Mul", ["x", "scale"], ["y"]);
        model.Graph.Initializer[0].Dims.Clear();
        model.Proto.ProducerName = producer;
        Assert.Equal(isParameter ? [name] : [], new OnnxModule(model.Load()).NamedParameters().Select(pair => pair.Name));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(17)]
    public void What_was_exported_for_training_takes_the_batch_until_it_is_evaluated(int opset)
    {
        OnnxModule module = new(ForTraining(opset));
        Tensor x = Tensor.From<float>([1, 10, 3, 30], 2, 2);
        Tensor y = module.Forward(x);
        Assert.Equal([-1, -1, 1, 1], y.ToArray<float>().Select(value => MathF.Round(value)));
        // Moved when read: 0.75 of the old and 0.25 of the batch, means 2 and 20, variances 1 and 100.
        Assert.Equal([0.5f, 5], module.NamedBuffers().First().Buffer.Tensor.ToArray<float>());
        Assert.Equal([1, 25.75f], module.NamedBuffers().Last().Buffer.Tensor.ToArray<float>());

        module.Eval();
        Tensor evaluated = module.Forward(x);
        Assert.Equal([0.5f, 0.985f, 2.5f, 4.927f], evaluated.ToArray<float>().Select(value => MathF.Round(value, 3)));
        Assert.Equal([0.5f, 5], module.NamedBuffers().First().Buffer.Tensor.ToArray<float>());

        string path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-onnx").FullName, "model.onnx");
        module.Save(path);
        OnnxModel again = OnnxModel.Load(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal(evaluated.ToBytes(), again.Run(x)[0].ToBytes());
        Assert.Equal(evaluated.Slice(0, 0, 1).ToBytes(), again.Run(x.Slice(0, 0, 1))[0].ToBytes());
    }

    [Fact]
    public void Statistics_move_once_for_each_step()
    {
        OnnxModule module = new(ForTraining(17));
        var optimizer = new SGD(module.Parameters, 0.1);
        for (int step = 0; step < 3; step++)
        {
            optimizer.Step(module.Forward(Tensor.From<float>([1, 10, 3, 30], 2, 2)).Square().Mean());
        }

        Assert.Equal(2 * (1 - (0.75f * 0.75f * 0.75f)), module.NamedBuffers().First().Buffer.Tensor.ToArray<float>()[0]);
    }

    [Fact]
    public void Dropouts_exported_for_training_are_idle_in_evaluation()
    {
        OnnxModule module = new(new TestModel(13).Input("x", 1, "n").Outputs("y").Initializer("w", [2], 1).Initializer("ratio", [0.5f]).Truth("training", true).Node("Dropout", ["x", "ratio", "training"], ["d"]).Node("Mul", ["d", "w"], ["y"]).Load());
        Assert.Contains(0f, module.Forward(Tensor.Ones(new Shape(64))).ToArray<float>());
        module.Eval();
        Assert.All(module.Forward(Tensor.Ones(new Shape(64))).ToArray<float>(), value => Assert.Equal(2, value));
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

    static AttributeProto Value(string name, params float[] values) => new() { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = TestModel.Raw(name, values, values.Length) };

    static OnnxModel ForTraining(int opset)
    {
        AttributeProto[] attributes = [TestModel.Float("momentum", 0.75f), .. opset >= 14 ? [TestModel.Int("training_mode", 1)] : (AttributeProto[])[]];
        string[] outputs = opset >= 14 ? ["y", "m", "v"] : ["y", "m", "v", "saved_m", "saved_v"];
        return new TestModel(opset).Input("x", 1, "n", "2").Outputs("y").Initializer("norm.scale", [1, 1], 2).Initializer("norm.bias", [0, 0], 2).Initializer("norm.mean", [0, 0], 2).Initializer("norm.variance", [1, 1], 2)
            .Node("BatchNormalization", ["x", "norm.scale", "norm.bias", "norm.mean", "norm.variance"], outputs, attributes).Load();
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
