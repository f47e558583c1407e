using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

public sealed class OnnxExportTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-onnx").FullName;

    string Path => System.IO.Path.Combine(_folder, "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int[]> Models => new()
    {
        { "mlp", [1, 6] },
        { "convolutional", [1, 3, 12, 12] },
        { "upsampling", [1, 3, 5, 5] },
        { "normalised", [1, 4, 6] },
        { "attention", [1, 5, 8] },
        { "recurrent", [1, 5, 8] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_module_comes_back_with_the_same_bits_for_every_batch(string name, int[] shape)
    {
        Module module = Build(name);
        module.Initialize(RandomKey.FromSeed(4));
        OnnxExport.Save(Path, module, new Shape(shape));
        module.Eval();
        OnnxModel model = OnnxModel.Load(Path);
        foreach (int batch in new[] { 1, 2, 5 })
        {
            Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(batch), new Shape([batch, .. shape[1..]]));
            Assert.Equal(module.Forward(x).ToBytes(), model.Run(x)[0].ToBytes());
        }
    }

    [Fact]
    public void What_the_format_lacks_is_written_with_other_operators_and_comes_back_within_rounding()
    {
        Module module = Build("activations");
        OnnxExport.Save(Path, module, new Shape(1, 9));
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(4, 9));
        float[] wanted = module.Forward(x).ToArray<float>();
        float[] got = OnnxModel.Load(Path).Run(x)[0].ToArray<float>();
        // eˣ - 1 and ln(1 + x) have no operator; written with others they lose the last bits of numbers near 1.
        Assert.All(wanted.Zip(got), pair => Assert.InRange(pair.Second, pair.First - 2e-6f, pair.First + 2e-6f));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(27)]
    public void Every_version_of_the_operator_set_can_be_asked_for(int opset)
    {
        Module module = Build("convolutional");
        OnnxExport.Save(Path, module, new Shape(1, 3, 12, 12), new OnnxExportOptions(opset, Metadata: new Dictionary<string, string> { ["run"] = "42" }));
        OnnxModel model = OnnxModel.Load(Path);
        Assert.Equal((opset, "42"), ((int)model.Opsets[""], model.Metadata["run"]));
        module.Eval();
        Tensor x = Tensor.Ones(new Shape(2, 3, 12, 12));
        Assert.Equal(module.Forward(x).ToBytes(), model.Run(x)[0].ToBytes());
    }

    [Fact]
    public void Initializers_carry_the_names_of_the_parameters_and_the_batch_its_name()
    {
        OnnxExport.Save(Path, Build("mlp"), new Shape(1, 6));
        using FileStream file = File.OpenRead(Path);
        GraphProto graph = ModelProto.Parser.ParseFrom(file).Graph;
        Assert.Equal(["0.bias", "0.weight", "2.bias", "2.weight"], graph.Initializer.Select(tensor => tensor.Name).Where(name => !name.StartsWith("const", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("input: Float32[batch, 6]", OnnxModel.Load(Path).Inputs[0].ToString());
        Assert.Equal("output: Float32[batch, 3]", OnnxModel.Load(Path).Outputs[0].ToString());
    }

    [Fact]
    public void What_an_imported_model_fills_follows_the_batch()
    {
        OnnxModule module = new(new TestModel().Input("x", 1, "n", "2").Outputs("y").Node("Shape", ["x"], ["s"]).Node("ConstantOfShape", ["s"], ["zeros"]).Node("Concat", ["zeros", "x"], ["y"], [TestModel.Int("axis", 1)]).Load());
        OnnxExport.Save(Path, module, x => module.Run(x), [(new Shape(1, 2), DType.Float32)]);
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1], OnnxModel.Load(Path).Run(Tensor.Ones(new Shape(2, 2)))[0].ToArray<float>());
    }

    [Fact]
    public void A_number_that_follows_the_batch_is_not_written_as_one_of_them()
    {
        OnnxModule module = new(new TestModel().Input("x", 1, "n", "2").Outputs("y").Longs("first", 0).Node("Shape", ["x"], ["s"]).Node("Gather", ["s", "first"], ["n"]).Node("Cast", ["n"], ["count"], [TestModel.Int("to", 1)]).Node("Mul", ["x", "count"], ["y"]).Load());
        Assert.Contains("constant that follows the batch (1)", Assert.Throws<OnnxException>(() => OnnxExport.Save(Path, module, x => module.Run(x), [(new Shape(1, 2), DType.Float32)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_that_nobody_reads()
    {
        OnnxExport.Save(Path, Build("convolutional"), new Shape(1, 3, 12, 12));
        using FileStream file = File.OpenRead(Path);
        GraphProto graph = ModelProto.Parser.ParseFrom(file).Graph;
        HashSet<string> read = [.. graph.Node.SelectMany(node => node.Input), .. graph.Output.Select(output => output.Name)];
        Assert.All(graph.Node, node => Assert.Contains(node.Output, read.Contains));
        Assert.All(graph.Initializer, tensor => Assert.Contains(tensor.Name, read));
    }

    [Fact]
    public void A_function_of_several_tensors_is_written_with_fixed_extents_and_names()
    {
        OnnxExport.Save(Path, x => [x[0].MatMul(x[1]), x[0].Sum()], [(new Shape(2, 3), DType.Float64), (new Shape(3, 2), DType.Float64)], new OnnxExportOptions(SymbolicBatch: false, InputNames: ["a", "b"], OutputNames: ["product", "total"]));
        OnnxModel model = OnnxModel.Load(Path);
        Assert.Equal(["a: Float64[2, 3]", "b: Float64[3, 2]"], model.Inputs.Select(port => port.ToString()));
        Tensor[] y = model.Run(Tensor.Ones(new Shape(2, 3), DType.Float64), Tensor.Full(new Shape(3, 2), 2, DType.Float64));
        Assert.Equal([6.0, 6, 6, 6], y[0].ToArray<double>());
        Assert.Equal(6.0, y[1].Item<double>());
    }

    [Fact]
    public void What_the_format_does_not_have_is_named_together()
    {
        string message = Assert.Throws<OnnxException>(() => OnnxExport.Save(Path, x => [Linalg.Inv(x[0]).BesselJ0()], [(new Shape(3, 3), DType.Float32)], new OnnxExportOptions(SymbolicBatch: false))).Message;
        Assert.Contains("BesselJ0 (1)", message, StringComparison.Ordinal);
        Assert.EndsWith(" cannot be written as operators of version 17. Replace them, or export the part before them.", message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_number_that_follows_the_batch_is_computed_in_the_file()
    {
        OnnxExport.Save(Path, x => [x[0].Mean()], [(new Shape(1, 3), DType.Float32)]);
        Tensor x = Tensor.Arange(12).To(DType.Float32).Reshape(4, 3);
        Assert.Equal(5.5f, OnnxModel.Load(Path).Run(x)[0].Item<float>());
        string message = Assert.Throws<OnnxException>(() => OnnxExport.Save(Path, y => [y[0] * (1.0 / y[0].Shape[0])], [(new Shape(1, 3), DType.Float32)])).Message;
        Assert.StartsWith("ONNX: ScalarParameter (1) cannot be written", message, StringComparison.Ordinal);
    }

    internal static Module Build(string name) => name switch
    {
        "mlp" => new Sequential(new Linear(6, 16), new GELU(), new Linear(16, 3), new Softmax()),
        "convolutional" => new Sequential(new Conv2d(3, 8, 3, padding: 1), new BatchNorm2d(8), new ReLU(), new MaxPool2d(2), new Conv2d(8, 8, 3, groups: 4), new SiLU(), new AvgPool2d(2), new Flatten(), new Linear(32, 5), new LogSoftmax()),
        "upsampling" => new Sequential(new ConvTranspose2d(3, 4, 3, stride: 2, padding: 1, outputPadding: 1), new LeakyReLU(), new Conv2d(4, 2, 3, stride: 2), new Tanh()),
        "normalised" => new Sequential(new LayerNorm(6), new Linear(6, 6), new RMSNorm(6), new GroupNorm(2, 4), new Sigmoid()),
        "attention" => new SelfAttention(),
        "recurrent" => new Sequential(new LSTM(8, 4, batchFirst: true, bidirectional: true), new GRU(8, 3, batchFirst: true)),
        _ => new Sequential(new Softplus(), new ELU(), new Mish(), new Hardswish(), new SELU(), new CELU(), new Softsign(), new Hardsigmoid(), new GELU(tanh: true)),
    };

    sealed class SelfAttention : Module
    {
        readonly MultiHeadAttention _attention;

        public SelfAttention() => _attention = Register("attention", new MultiHeadAttention(8, 2, batchFirst: true));

        protected override Tensor Apply(Tensor x) => _attention.Forward(x, x, x, causal: true);
    }
}
