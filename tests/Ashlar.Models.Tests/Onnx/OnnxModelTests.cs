using System.Text;
using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Google.Protobuf;

namespace Ashlar.Models.Tests.Onnx;

public sealed class OnnxModelTests
{
    [Fact]
    public void A_model_runs_on_tensors_in_the_order_of_its_inputs()
    {
        OnnxModel model = new TestModel().Input("x", 1, "rows", "2").Outputs("y").Initializer("w", [1, 2, 3, 4], 2, 2).Initializer("b", [10, 20], 2)
            .Node("MatMul", ["x", "w"], ["p"]).Node("Add", ["p", "b"], ["y"]).Load();
        Assert.Equal([14f, 26f], model.Run(Tensor.From<float>([1, 1], 1, 2))[0].ToArray<float>());
        Assert.Equal([14f, 26f, 13f, 24f], model.Run(Tensor.From<float>([1, 1, 0, 1], 2, 2))[0].ToArray<float>());
        Assert.Equal(6, model.ParameterCount);
        Assert.Equal("x: Float32[rows, 2]", Assert.Single(model.Inputs).ToString());
    }

    [Fact]
    public void Weights_in_constants_count_as_parameters_and_single_numbers_and_shapes_do_not()
    {
        static AttributeProto[] Floats(float[] values, long[] shape) =>
            [new() { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = new() { DataType = (int)OnnxDType.Float32, Dims = { shape }, FloatData = { values } } }];
        TestModel made = new TestModel().Inputs("x").Outputs("y").Initializer("b", [10, 20, 30], 3)
            .Node("Constant", [], ["w"], Floats([1, 2, 3], [3])).Node("Constant", [], ["two"], Floats([2], []))
            .Node("Mul", ["x", "w"], ["p"]).Node("Mul", ["p", "two"], ["q"]).Node("Reshape", ["q", "shape"], ["r"]).Node("Add", ["r", "b"], ["y"]);
        made.Graph.Initializer.Add(new TensorProto { Name = "shape", DataType = (int)OnnxDType.Int64, Dims = { 2 }, Int64Data = { -1, 3 } });
        Assert.Equal(6, made.Load().ParameterCount);
    }

    [Fact]
    public void Everything_that_is_missing_is_named_in_one_message()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("z").Node("Frobnicate", ["x"], ["a"]).Node("Fft9", ["a"], ["b"], null, "my.domain").Node("Frobnicate", ["b"], ["c"]).Node("Relu", ["c"], ["z"]);
        Assert.Equal("ONNX: the model asks for 2 operators that are not known here: Frobnicate of version 21 (2 nodes: 'frobnicate_1', 'frobnicate_1'); my.domain.Fft9 of version 1 (1 node: 'fft9_1'). Export it with other operators, or as functions of the model.",
            Assert.Throws<OnnxException>(model.Load).Message);
    }

    [Fact]
    public void A_failing_node_is_named_with_what_it_saw()
    {
        OnnxModel model = new TestModel().Inputs("a", "b").Outputs("c").Node("Add", ["a", "b"], ["c"]).Load();
        Assert.Equal("Add 'add_1' of float32[2], float32[3]: Add: [2] and [3] do not broadcast: extents 2 and 3 differ at axis -1. Make them equal or one of them 1.",
            Assert.Throws<OnnxException>(() => model.Run(Tensor.Zeros(new Shape(2)), Tensor.Zeros(new Shape(3)))).Message);
    }

    [Fact]
    public void A_failing_node_is_named_with_the_symbolic_axes_that_clashed()
    {
        OnnxModel model = new TestModel().Input("a", 1, "rows").Input("b", 1, "others").Input("c", 1, "more").Outputs("y").Node("Add", ["a", "b"], ["s"]).Node("Add", ["s", "c"], ["y"]).Load();
        Assert.Equal("Add 'add_1' of float32[2], float32[3]: Add: [2] and [3] do not broadcast: extents 2 and 3 differ at axis -1. Make them equal or one of them 1. In this run axis 'others' of 'b' is 3, axis 'rows' of 'a' is 2.",
            Assert.Throws<OnnxException>(() => model.Run(Tensor.Zeros(new Shape(2)), Tensor.Zeros(new Shape(3)), Tensor.Zeros(new Shape(5)))).Message);
    }

    [Fact]
    public void Axes_that_a_node_reads_in_parts_are_named_too()
    {
        OnnxModel model = new TestModel().Input("a", 1, "rows", "length").Input("b", 1, "rows", "time").Input("c", 1, "past").Outputs("y")
            .Node("Concat", ["a", "a"], ["twice"], [TestModel.Int("axis", 1)]).Node("Constant", [], ["flat"], [TestModel.Ints("value_ints", -1)]).Node("Reshape", ["b", "flat"], ["list"])
            .Node("Concat", ["list", "c"], ["more"], [TestModel.Int("axis", 0)]).Node("Add", ["twice", "list"], ["y"]).Load();
        Assert.EndsWith("In this run axis 'length' of 'a' is 3, axis 'rows' of 'a' is 2, axis 'time' of 'b' is 5; the node reads float32[rows, 2·length] and float32[rows·time].",
            Assert.Throws<OnnxException>(() => model.Run(Tensor.Zeros(new Shape(2, 3)), Tensor.Zeros(new Shape(2, 5)), Tensor.Zeros(new Shape(4)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_fails_only_when_it_is_computed_is_named_too()
    {
        OnnxModel model = new TestModel().Inputs("table", "places").Outputs("y").Node("Neg", ["table"], ["n"]).Node("Gather", ["n", "places"], ["g"]).Node("Exp", ["g"], ["y"]).Load();
        string message = Assert.Throws<OnnxException>(() => model.Run(Tensor.Zeros(new Shape(4, 3)), Tensor.From<long>([1, 9], 2))).Message;
        Assert.StartsWith("Gather 'gather_1' of float32[4, 3], int64[2]: ", message, StringComparison.Ordinal);
        Assert.Contains("9", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_told_all_together()
    {
        OnnxModel model = new TestModel().Input("a", 1, "n", "2").Input("b", 1, "n").Outputs("c").Node("Identity", ["a"], ["c"]).Load();
        string message = Assert.Throws<OnnxException>(() => model.Run(new Dictionary<string, OnnxValue> { ["a"] = Tensor.Zeros(new Shape(4, 3)), ["b"] = Tensor.Zeros(new Shape(5)), ["d"] = Tensor.Zeros(new Shape(1)) })).Message;
        Assert.Equal("ONNX: the inputs do not fit: 'a' is [4, 3], axis 1 is declared as 2; axis 'n' is 4 in 'a' and 5 in 'b'; 'd' is no input of the model. The model has a: Float32[n, 2]; b: Float32[n].", message);
    }

    [Fact]
    public void An_initializer_that_is_an_input_can_be_replaced()
    {
        OnnxModel model = new TestModel().Inputs("x", "w").Outputs("y").Initializer("w", [2, 3], 2).Node("Neg", ["w"], ["n"]).Node("Mul", ["x", "n"], ["y"]).Load();
        Assert.Equal([-2f, -3f], model.Run(Tensor.Ones(new Shape(2)))[0].ToArray<float>());
        IReadOnlyDictionary<string, OnnxValue> got = model.Run(new Dictionary<string, OnnxValue> { ["x"] = Tensor.Ones(new Shape(2)), ["w"] = Tensor.Full(new Shape(2), 5) });
        Assert.Equal([-5f, -5f], ((OnnxTensor)got["y"]).Tensor.ToArray<float>());
    }

    [Fact]
    public void Functions_of_the_model_are_called_with_their_attributes()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("Leaky", ["x"], ["y"], [TestModel.Float("slope", 0.5f)], "own");
        model.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        var function = new FunctionProto { Name = "Leaky", Domain = "own" };
        function.Input.Add("a");
        function.Output.Add("b");
        function.OpsetImport.Add(new OperatorSetIdProto { Version = 21 });
        function.Node.Add(TestModel.MakeNode("LeakyRelu", ["a"], ["b"], [new AttributeProto { Name = "alpha", RefAttrName = "slope", Type = AttributeProto.Types.AttributeType.Float }]));
        model.Proto.Functions.Add(function);
        Assert.Equal([-1f, 3f], model.Load().Run(Tensor.From<float>([-2, 3], 2))[0].ToArray<float>());
    }

    [Fact]
    public void A_function_that_calls_itself_and_a_circle_of_nodes_are_refused()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("F", ["x"], ["y"], null, "own");
        var function = new FunctionProto { Name = "F", Domain = "own" };
        function.Input.Add("a");
        function.Output.Add("b");
        function.Node.Add(TestModel.MakeNode("F", ["a"], ["b"], null, "own"));
        model.Proto.Functions.Add(function);
        Assert.Equal("ONNX: function 'F' calls itself. Functions of a model must not.", Assert.Throws<OnnxException>(model.Load).Message);

        TestModel circle = new TestModel().Inputs("x").Outputs("b").Node("Add", ["x", "b"], ["a"]).Node("Neg", ["a"], ["b"]);
        Assert.Equal("ONNX: 2 nodes feed each other in a circle, 'a' among them. A graph must have none.", Assert.Throws<OnnxException>(circle.Load).Message);
    }

    [Fact]
    public void Nodes_out_of_order_are_put_in_order()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("y").Node("Neg", ["a"], ["y"]).Node("Exp", ["x"], ["a"]).Load();
        Assert.Equal([-1f], model.Run(Tensor.Zeros(new Shape(1)))[0].ToArray<float>());
    }

    [Fact]
    public void Chance_follows_the_seed_the_place_and_the_run()
    {
        TestModel proto = new TestModel().Outputs("a", "b").Node("RandomNormal", [], ["a"], [TestModel.Ints("shape", 4)]).Node("RandomNormal", [], ["b"], [TestModel.Ints("shape", 4)]);
        OnnxModel first = proto.Load();
        OnnxModel second = proto.Load();
        Tensor[] x = first.Run();
        Tensor[] y = second.Run();
        Assert.Equal(x[0].ToArray<float>(), y[0].ToArray<float>());
        Assert.NotEqual(x[0].ToArray<float>(), x[1].ToArray<float>());
        Assert.NotEqual(x[0].ToArray<float>(), first.Run()[0].ToArray<float>());
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        Assert.StartsWith("ONNX: 'model' is no model of this format: ", Assert.Throws<OnnxException>(() => OnnxModel.Load(new MemoryStream([9, 9, 9]))).Message, StringComparison.Ordinal);
        Assert.Equal("ONNX: 'model' holds no graph or names no operator set (format version 8). Give an .onnx file of a whole model.", Assert.Throws<OnnxException>(() => OnnxModel.Load(new MemoryStream([8, 8]))).Message);
    }

    [Fact]
    public void A_path_without_a_file_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-onnx").FullName;
        Assert.Equal($"ONNX: {folder} is a folder. Give an .onnx file.", Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(folder)).Message);
        Directory.Delete(folder);
        Assert.Equal($"ONNX: there is no file {folder}. Give an .onnx file.", Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(folder)).Message);
    }

    [Fact]
    public void A_named_result_is_taken_as_a_tensor_where_it_is_one()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("y", "list").Node("Neg", ["x"], ["y"]).Node("SequenceConstruct", ["x"], ["list"]).Load();
        IReadOnlyDictionary<string, OnnxValue> results = model.Run(new Dictionary<string, OnnxValue> { ["x"] = Tensor.Ones(new Shape(2)) });
        Assert.Equal([-1, -1], ((Tensor)results["y"]).ToArray<float>());
        Assert.EndsWith("no tensor of numbers. Take it as OnnxSequence.", Assert.Throws<OnnxException>(() => (Tensor)results["list"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty. Get the whole file again.")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", "it is a pointer of Git LFS, the model stands elsewhere. Fetch it with git lfs pull.")]
    [InlineData("PK\u0003\u0004", "it is a zip file, as PyTorch's checkpoints are. Unpack it, or export the network with torch.onnx.export.")]
    [InlineData("\u0093NUMPY\u0001", "it is a NumPy array. Give it as an input, and an .onnx file as the model.")]
    [InlineData("\u0080\u0002", "it is a pickle, as PyTorch's old checkpoints are. Export the network with torch.onnx.export.")]
    [InlineData("<!doctype html>", "it is a page of the web or XML. Download the file itself.")]
    [InlineData("# A model\n", "it is text. Give an .onnx file.")]
    [InlineData("\u0008\u0008\u003A\u0009\u0001", "it ends too early, or was damaged on the way. Get the whole file again.")]
    public void A_file_of_another_kind_is_told_what_it_is(string bytes, string what) =>
        Assert.Equal($"ONNX: 'model' is no model of this format: {what}", Assert.Throws<OnnxException>(() => OnnxModel.Load(new MemoryStream(Encoding.Latin1.GetBytes(bytes)))).Message);

    [Fact]
    public void Damaged_files_end_in_one_kind_of_error()
    {
        // Bytes of a good model are changed, cut and repeated; seeds are fixed.
        TestModel good = new TestModel().Input("x", 1, "n", "3").Outputs("y").Initializer("w", [1, 2, 3, 4, 5, 6], 3, 2).Node("Constant", [], ["k"], [TestModel.Ints("value_ints", -1, 2)])
            .Node("MatMul", ["x", "w"], ["p"]).Node("Reshape", ["p", "k"], ["r"]).Node("Softmax", ["r"], ["y"], [TestModel.Int("axis", 1)]);
        byte[] bytes = good.Proto.ToByteArray();
        int loaded = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            var words = new RandomWords(RandomKey.FromSeed(seed));
            byte[] changed = [.. bytes];
            for (uint i = 0; i <= words.Below(4); i++)
            {
                changed[words.Below((uint)changed.Length)] = (byte)words.Next();
            }

            changed = words.Below(3) switch { 0 => changed[..(int)words.Below((uint)changed.Length)], 1 => [.. changed, .. changed[(int)words.Below((uint)changed.Length)..]], _ => changed };
            try
            {
                OnnxModel.Load(new MemoryStream(changed));
                loaded++;
            }
            catch (OnnxException)
            {
            }
        }

        Assert.InRange(loaded, 100, 2900);
    }
}
