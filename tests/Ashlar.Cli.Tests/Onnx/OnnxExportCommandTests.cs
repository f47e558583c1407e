using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Nn;
using Ashlar.Onnx;

namespace Ashlar.Cli.Tests.Onnx;

public sealed class OnnxExportCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    Dictionary<string, string> Home => new() { ["ASHLAR_HOME"] = _folder.File("lab") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_of_the_tool_is_written_with_where_it_comes_from()
    {
        Assert.Equal(0, Tool.Run($"train digits --epochs 1 --train-count 64 --test-count 32 --out {_folder.File("digits")}", Home).Code);
        string file = _folder.File("digits.onnx");
        JsonElement written = Tool.Run($"onnx export @last --out {file} --opset 21 --check --json", Home).Json;
        RunRecord run = new LabFolder(_folder.File("lab")).Find("@last");
        JsonElement metadata = written.GetProperty("metadata");
        Assert.Equal((21, true, 3), (written.GetProperty("opset").GetInt32(), written.GetProperty("sameBits").GetBoolean(), written.GetProperty("runs").GetInt32()));
        Assert.Equal(run.Id, metadata.GetProperty("ashlar.run").GetString());
        Assert.Equal(ImageWeights(), metadata.GetProperty("ashlar.weights").GetString());
        Assert.Equal(64, metadata.GetProperty("ashlar.code").GetString()!.Length);
        Assert.Equal(10, JsonDocument.Parse(metadata.GetProperty("classes").GetString()!).RootElement.GetArrayLength());

        // The folder holds the same model.
        string other = _folder.File("other.onnx");
        ToolResult text = Tool.Run($"onnx export {_folder.File("digits")} --out {other}", Home);
        Assert.Equal((0, ""), (text.Code, text.Errors));
        Assert.EndsWith("read again: the same bits on 3 batches\n", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run($"onnx compare {file} {other} --axis batch=2").Code);
        string ImageWeights() => Training.ImageClassifierFile.Load(_folder.File("digits/model.safetensors")).WeightsHash();
    }

    [Fact]
    public void A_model_that_a_program_logged_is_written()
    {
        using (Run run = Run.Start("small", new RunOptions { Lab = new LabFolder(_folder.File("lab")), Arguments = [], Code = "" }))
        {
            var model = new Sequential(new Linear(6, 5), new Tanh(), new LayerNorm(5), new Linear(5, 2), new LogSoftmax());
            model.Initialize(RandomKey.FromSeed(3));
            run.LogModel(model, input: new Shape(1, 6));
        }

        string file = _folder.File("small.onnx");
        JsonElement written = Tool.Run($"onnx export @last --out {file} --batch 4 --json", Home).Json;
        Assert.Equal(1, written.GetProperty("runs").GetInt32());
        Assert.Equal("input: Float32[4, 6]", OnnxModel.Load(file).Inputs[0].ToString());
        Assert.Equal(64, written.GetProperty("metadata").GetProperty("ashlar.weights").GetString()!.Length);

        Refused(2, $"onnx export @last --out {file} --symbolic length", "onnx export: the symbolic axis 'length' is no AXIS=NAME. Give one such as 1=length.");
        Refused(1, $"onnx export @last --out {file} --symbolic 7=length", "ONNX: the symbolic axis 'length' is axis 7 of 'input', which does not exist. The inputs are input [1, 6]; axes count from 0.");
        ToolResult split = Tool.Run($"onnx export @last --out {_folder.File("split.onnx")} --inline 0 --metadata stage=draft", Home);
        Assert.Equal((0, ""), (split.Code, split.Errors));
        Assert.Equal("draft", OnnxModel.Load(_folder.File("split.onnx")).Metadata["stage"]);
    }

    [Fact]
    public void A_model_of_the_format_is_kept_as_it_is_or_written_in_another_operator_set()
    {
        var network = new Sequential(new Linear(4, 3), new Sigmoid());
        network.Initialize(RandomKey.FromSeed(1));
        string file = _folder.File("old.onnx");
        OnnxExport.Save(file, network, new Shape(1, 4), new OnnxExportOptions(13, Metadata: new Dictionary<string, string> { ["note"] = "kept" }));
        Assert.Equal(0, Tool.Run($"onnx export {file} --out {_folder.File("same.onnx")} --metadata more=1 --check", Home).Code);
        OnnxModel same = OnnxModel.Load(_folder.File("same.onnx"));
        Assert.Equal((13L, "kept", "1"), (same.Opsets[""], same.Metadata["note"], same.Metadata["more"]));
        Assert.Equal(0, Tool.Run($"onnx export {file} --out {_folder.File("new.onnx")} --opset 22 --check", Home).Code);
        Assert.Equal((22L, "input: Float32[batch, 4]"), (OnnxModel.Load(_folder.File("new.onnx")).Opsets[""], OnnxModel.Load(_folder.File("new.onnx")).Inputs[0].ToString()));
        Assert.Equal(0, Tool.Run($"onnx compare {file} {_folder.File("new.onnx")} --axis batch=3").Code);
    }

    [Fact]
    public void Axes_behind_the_batch_are_asked_for()
    {
        string file = _folder.File("open.onnx");
        OnnxExport.Save(file, x => [x[0] * 2], [(new Shape(1, 3), DType.Float32)], new OnnxExportOptions(InputNames: ["x"]));
        byte[] bytes = File.ReadAllBytes(file);
        string text = System.Text.Encoding.Latin1.GetString(bytes);

        // The second axis of the input, [batch, 3], becomes one without extent: a dimension message of field 1 with value 3 becomes an empty one of another field.
        int at = text.IndexOf("batch\n\u0002\b\u0003", StringComparison.Ordinal);
        bytes[at + 7] = 0x18;
        File.WriteAllBytes(file, bytes);
        Assert.Equal("x: Float32[batch, ?]", OnnxModel.Load(file).Inputs[0].ToString());
        ToolResult kept = Tool.Run($"onnx export {file} --out {_folder.File("kept.onnx")}", Home);
        Assert.Equal(0, kept.Code);
        Assert.EndsWith("read again; to compare outputs too give its symbolic axes with --axis NAME=EXTENT\n", kept.Output, StringComparison.Ordinal);
        Refused(2, $"onnx export {file} --opset 20 --out {_folder.File("kept.onnx")}", "onnx export: only the batch may stay symbolic, or be tried with others. Give extents: --axis x.1=N.");
        Assert.Equal(0, Tool.Run($"onnx export {file} --opset 20 --axis x.1=3 --check --out {_folder.File("kept.onnx")}", Home).Code);
    }

    [Fact]
    public void What_cannot_be_written_says_why()
    {
        string id = Logged("empty", null);
        string own = Logged("own", new Own());
        string shapeless = Logged("shapeless", new Sequential(new Linear(2, 2)));
        Refused(1, $"onnx export {id}", $"onnx export: run {id} kept no model. In the program: run.LogModel(model, input: shape), or OnnxExport.Save(path, model, shape) and run.LogArtifact(path).");
        Refused(1, "onnx export none.onnx", "onnx export: there is no file none.onnx. Give a run, an .onnx file, or a model.safetensors.");
        Refused(2, $"onnx export {id} --opset 12", "ashlar onnx export: --opset takes a whole number from 13 on, and got '12'. See 'ashlar onnx export --help'.");
        Refused(2, $"onnx export {id} --opset 28", "onnx export: --opset is 28 and operator sets 13 to 27 are written.");
        ToolResult refused = Tool.Run($"onnx export {own}", Home);
        Assert.Equal(1, refused.Code);
        Assert.EndsWith("found the model 'Own', expected a sequence of plain layers. Its code is the program's own: export it there, with OnnxExport.Save(path, model, input) and run.LogArtifact(path).\n", refused.Errors, StringComparison.Ordinal);
        Refused(2, $"onnx export {shapeless}", "onnx export: the file does not say what shape the input has. Give it with --shape, the batch first: --shape 1,64");
        Assert.Equal(0, Tool.Run($"onnx export {shapeless} --shape 1,2 --out {_folder.File("two.onnx")}", Home).Code);
        Refused(2, $"onnx export {shapeless} --shape 1,a", "onnx export: --shape takes extents between commas such as 1,3,224,224, and got '1,a'.");
    }

    string Logged(string name, Module? model)
    {
        using Run run = Run.Start(name, new RunOptions { Lab = new LabFolder(_folder.File("lab")), Arguments = [], Code = "" });
        if (model is not null)
        {
            run.LogModel(model);
        }

        return run.Id;
    }

    void Refused(int code, string arguments, string message)
    {
        ToolResult result = Tool.Run(arguments, Home);
        Assert.Equal((code, "", $"error: {message}\n"), (result.Code, result.Output, result.Errors));
    }

    sealed class Own : Module
    {
        public Own() => Register("inside", new Linear(2, 2));
    }
}
