using System.Text.Json;

namespace Ashlar.Cli.Tests.Onnx;

public sealed class OnnxCommandTests(OnnxFiles files) : IClassFixture<OnnxFiles>
{
    [Fact]
    public void Show_tells_what_a_model_takes_and_is_made_of()
    {
        JsonElement shown = Tool.Run($"onnx show {files.File("a.onnx")} --nodes --json").Json;
        Assert.Equal(17, shown.GetProperty("opsets").GetProperty("ai.onnx").GetInt32());
        Assert.Equal("batch", Assert.Single(shown.GetProperty("symbolicAxes").EnumerateArray()).GetString());
        Assert.Equal("first", shown.GetProperty("metadata").GetProperty("note").GetString());
        Assert.Equal("batch", shown.GetProperty("inputs")[0].GetProperty("axes")[0].GetString());
        Assert.Equal(2, shown.GetProperty("operators").GetProperty("MatMul").GetInt32());
        Assert.True(shown.GetProperty("operationsComplete").GetBoolean());
        JsonElement product = shown.GetProperty("nodes").EnumerateArray().First(node => node.GetProperty("operator").GetString() == "MatMul");
        Assert.Equal(("float32[batch, 8]", 64), (product.GetProperty("types")[0].GetString(), product.GetProperty("operations").GetInt32()));

        Assert.Empty(shown.GetProperty("patterns").EnumerateArray());
        Assert.StartsWith("plan: ", Tool.Run($"onnx show {files.File("a.onnx")} --plan --json").Json.GetProperty("plan").GetString(), StringComparison.Ordinal);

        ToolResult text = Tool.Run($"onnx show {files.File("a.onnx")} --axis batch=10");
        Assert.Equal((0, ""), (text.Code, text.Errors));
        Assert.Contains("ai.onnx 17", text.Output, StringComparison.Ordinal);
        Assert.Contains("(batch = 10)\nsymbolic axes: batch\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("  input: Float32[batch, 4]\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("note: first\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_names_all_that_is_missing()
    {
        Assert.EndsWith("all known\n", Tool.Run($"onnx check {files.File("a.onnx")}").Output, StringComparison.Ordinal);
        Assert.True(Tool.Run($"onnx check {files.File("a.onnx")} --json").Json.GetProperty("runs").GetBoolean());

        const string missing = "ONNX: the model asks for 2 operators that are not known here: Frobnicate of version 17 (2 nodes: 'first', 'second'); Whirl of version 17 (1 node: 'third'). Export it with other operators, or as functions of the model.";
        Refused(1, $"onnx check {files.File("foreign.onnx")}", missing);
        ToolResult json = Tool.Run($"onnx check {files.File("foreign.onnx")} --json");
        Assert.Equal(1, json.Code);
        Assert.Equal(missing, JsonDocument.Parse(json.Output).RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public void Run_ends_where_a_limit_is_passed()
    {
        Assert.Equal(0, Tool.Run($"onnx run {files.File("two.onnx")} --input a=ones --input b=ones --axis batch=2 --most-operations 100 --most-bytes 24").Code);
        Refused(1, $"onnx run {files.File("two.onnx")} --input a=ones --input b=ones --axis batch=2 --most-operations 1", "Cast 'cast_0' of int64[2, 3]: the run comes to more than 1 operations here. Load the model with more MostOperations if it is to be trusted. In this run axis 'batch' of 'a' is 2.");
        Refused(1, $"onnx run {files.File("two.onnx")} --input a=ones --input b=ones --axis batch=2 --most-bytes 23", "Cast 'cast_0' of int64[2, 3]: a value float32[2, 3] takes 24 bytes, where one may take 23. Load the model with more MostBytes if it is to be trusted. In this run axis 'batch' of 'a' is 2.");
        Refused(2, $"onnx run {files.File("two.onnx")} --most-bytes many", "ashlar onnx run: --most-bytes takes a whole number from 1 on, and got 'many'. See 'ashlar onnx run --help'.");
    }

    [Fact]
    public void Run_takes_arrays_lists_and_numbers()
    {
        File.WriteAllText(files.File("b.json"), "[[1, 2, 3]]");
        JsonElement sum = Tool.Run($"onnx run {files.File("two.onnx")} --input a=[[0.5,0.25,-1]] --input b={files.File("b.json")} --json").Json.GetProperty("sum");
        Assert.Equal("float32[1, 3]", sum.GetProperty("value").GetString());
        Assert.Equal([1.5, 2.25, 2], sum.GetProperty("data").EnumerateArray().Select(number => number.GetDouble()));

        File.WriteAllBytes(files.File("a.bin"), [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40]);
        Assert.Equal([2.0, 4, 6], Tool.Run($"onnx run {files.File("two.onnx")} --input a={files.File("a.bin")} --input b={files.File("b.json")} --json").Json.GetProperty("sum").GetProperty("data").EnumerateArray().Select(number => number.GetDouble()));

        Assert.Equal([1.0, 1, 1, 1, 1, 1], Tool.Run($"onnx run {files.File("two.onnx")} --input a=ones --input b=zeros --axis batch=2 --json").Json.GetProperty("sum").GetProperty("data").EnumerateArray().Select(number => number.GetDouble()));

        // Axes that another input fills have its extents.
        Assert.Equal([2.0, 3, 4, 5, 6, 7], Tool.Run($"onnx run {files.File("two.onnx")} --input b=ones --input a=[[1,2,3],[4,5,6]] --json").Json.GetProperty("sum").GetProperty("data").EnumerateArray().Select(number => number.GetDouble()));

        ToolResult saved = Tool.Run($"onnx run {files.File("a.onnx")} --input input={files.File("x.npy")} --output {files.File("results")}");
        Assert.Equal((0, $"output: float32[2, 3] in {files.File("results/output.npy")}\n"), (saved.Code, saved.Output));
        Assert.Equal(new Shape(2, 3), NpyFile.Load(files.File("results/output.npy")).Shape);
    }

    [Fact]
    public void Run_takes_pictures_and_sounds_as_they_are()
    {
        File.WriteAllBytes(files.File("colours.png"), Ashlar.Data.Images.PngFile.Encode(2, 2, 3, [255, 0, 51, 255, 0, 51, 0, 0, 51, 0, 0, 51]));
        JsonElement mean = Tool.Run($"onnx run {files.File("picture.onnx")} --input picture={files.File("colours.png")} --json").Json.GetProperty("mean");
        Assert.Equal([0.5, 0, 0.2], mean.GetProperty("data").EnumerateArray().Select(number => Math.Round(number.GetDouble(), 6)));

        string sound = files.Wav("fits.wav", 16000, 16384, 0, -16384, 0);
        Assert.Equal(0.5, Tool.Run($"onnx run {files.File("sound.onnx")} --input sound={sound} --json").Json.GetProperty("energy").GetProperty("data")[0].GetDouble());
    }

    [Fact]
    public void A_sound_of_another_rate_is_never_resampled()
    {
        string sound = files.Wav("fast.wav", 44100, 1, 2, 3, 4);
        Refused(1, $"onnx run {files.File("sound.onnx")} --input sound={sound}", $"onnx run: input 'sound': {sound} has 44100 samples in a second, the model takes 16000 (its metadata 'sample_rate'). Resample it, for example: ffmpeg -i {sound} -ar 16000 resampled.wav");
        Assert.Equal(0, Tool.Run($"onnx run {files.File("sound.onnx")} --input sound={sound} --rate 44100").Code);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_named_with_both_shapes_and_a_remedy()
    {
        string model = files.File("picture.onnx");
        File.WriteAllBytes(files.File("grey.png"), Ashlar.Data.Images.PngFile.Encode(3, 2, 1, new byte[6]));
        string sound = files.Wav("long.wav", 16000, 1, 2, 3, 4, 5);
        Refused(1, $"onnx run {model} --input picture={files.File("grey.png")}", "onnx run: input 'picture' takes Float32[1, 3, 2, 2] and is given float32[1, 1, 2, 3]. The picture has 3 x 2 pixels of 1 channel: resize or convert it to what the model takes, or give the array as .npy.");
        Refused(1, $"onnx run {files.File("sound.onnx")} --input sound={sound}", "onnx run: input 'sound' takes Float32[1, 4] and is given float32[1, 5]. The sound has 5 samples of 1 channel: cut or mix it to what the model takes, or give the array as .npy.");
        Refused(1, $"onnx run {model} --input picture={files.File("x.npy")}", "onnx run: input 'picture' takes Float32[1, 3, 2, 2] and is given float32[2, 4]. Save the array so: numpy.save(file, array.astype(\"float32\").reshape(…)).");
        Refused(1, $"onnx run {model} --input picture={files.File("none.npy")}", $"onnx run: input 'picture': there is no file {files.File("none.npy")}. Give a file, or numbers such as picture=[1, 2].");
        Refused(1, $"onnx run {files.File("two.onnx")} --input a=[[1,2],[3]] --input b=[[1,2,3]]", "onnx run: input 'a' takes Float32[batch, 3]: '[[1,2],[3]]' is no nested list, its lists have different lengths. Write for example [[1, 2], [3, 4]].");
        Refused(1, $"onnx run {files.File("two.onnx")} --input a=ones --input b=[[1,2.0,3]]", "onnx run: input 'b' takes Int64[batch, 3]: 2.0 in '[[1,2.0,3]]' is no whole number. Write for example [[1, 2], [3, 4]].");
        Refused(1, $"onnx run {files.File("two.onnx")} --input a=[[1,1e39,3]] --input b=ones", "onnx run: input 'a' takes Float32[batch, 3]: 1e39 in '[[1,1e39,3]]' is no Float32. Write for example [[1, 2], [3, 4]].");
        Refused(1, $"onnx run {files.File("two.onnx")} --input a=[[1,2,3] --input b=ones", "onnx run: input 'a' takes Float32[batch, 3]: '[[1,2,3]' is no JSON from line 1, byte 9 on. Write for example [[1, 2], [3, 4]].");
        Refused(1, $"onnx run {files.File("two.onnx")} --input a={files.File(".")} --input b=ones", $"onnx run: input 'a': {files.File(".")} is a folder. Give a file, or numbers such as a=[1, 2].");
        Refused(2, $"onnx run {files.File("two.onnx")} --input a=ones --input a=zeros", "onnx run: input 'a' is given twice: ones and zeros. Give it once.");
        Refused(2, $"onnx run {files.File("two.onnx")} --input a=ones --input b=ones --output {files.File("x.npy")}", $"onnx run: --output takes a folder, and {files.File("x.npy")} is a file. Name a folder; it is made where it is not there.");
        Refused(1, $"onnx compare {files.File("a.onnx")} {files.File("sound.onnx")}", "onnx compare: the models take different inputs: A has input: Float32[batch, 4], B has sound: Float32[1, 4]. Compare models whose inputs have the same names.");
        Refused(1, $"onnx export {files.File("a.onnx")} --out {files.File("none/a.onnx")}", $"{files.File("none/a.onnx")}: there is no folder {files.File("none")}. Make it, or name another place.");
        Directory.CreateDirectory(files.File("empty"));
        Refused(1, $"onnx show {files.File("empty")}", $"onnx show: {files.File("empty")} is a folder. Give an .onnx file; it holds none.");
        Refused(2, $"onnx show {files.File("a.onnx")} --axis batch=3 --axis batch=4", "onnx show: axis 'batch' is given twice: 3 and 4. Give it once.");
        Refused(2, $"onnx run {model}", "onnx run: input picture: Float32[1, 3, 2, 2] is not given. Give --input picture=FILE.");
        Refused(2, $"onnx run {model} --input x=1", "onnx run: the model has no input 'x'. The model has picture: Float32[1, 3, 2, 2].");
        Refused(2, $"onnx run {model} --input picture", "onnx run: the input 'picture' is no NAME=FILE. The model has picture: Float32[1, 3, 2, 2].");
        Refused(1, $"onnx run {files.File("none.onnx")}", $"onnx run: there is no file {files.File("none.onnx")}. Give an .onnx file.");
        Refused(1, $"onnx show {files.File("x.npy")}", null);
        Refused(2, $"onnx show {files.File("a.onnx")} --axis time=3", "onnx show: the model has no symbolic axis 'time'. It has batch.");
        Refused(2, $"onnx show {files.File("a.onnx")} --axis batch", "onnx show: the axis 'batch' is no NAME=EXTENT. Give one such as batch=8.");
    }

    [Fact]
    public void Compare_names_the_first_node_that_differs()
    {
        string a = files.File("a.onnx");
        string x = files.File("x.npy");
        ToolResult same = Tool.Run($"onnx compare {a} {a} --input input={x}");
        Assert.Equal(0, same.Code);
        Assert.EndsWith("the same bits\n", same.Output, StringComparison.Ordinal);

        ToolResult other = Tool.Run($"onnx compare {a} {files.File("b.onnx")} --input input={x}");
        Assert.Equal(3, other.Code);
        Assert.Matches(@"^first difference: Reshape 'reshape_\d+' float32\[1, 3\] by up to 0\.125, [\d.]+ of its largest number; 3 of 3 elements have other bits\n", other.Output);
        Assert.Matches(@"\nAdd +add_\d+ +same +float32\[2, 3\] +\S+ +0\.125 +\S+ +6 of 6\n", other.Output);

        ToolResult json = Tool.Run($"onnx compare {a} {files.File("b.onnx")} --input input={x} --json");
        Assert.Equal(3, json.Code);
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal(("Reshape", 0.125), (root.GetProperty("first").GetProperty("operator").GetString(), root.GetProperty("first").GetProperty("difference").GetDouble()));
        Assert.False(root.GetProperty("equal").GetBoolean());
        Assert.Equal(0, Tool.Run($"onnx compare {a} {files.File("b.onnx")} --tolerance 10 --axis batch=3").Code);
        Refused(2, $"onnx compare {a} {a} --tolerance none", "ashlar onnx compare: --tolerance takes a number above 0 such as 0.001, and got 'none'. See 'ashlar onnx compare --help'.");
    }

    [Fact]
    public void Bench_times_a_model()
    {
        JsonElement times = Tool.Run($"onnx bench {files.File("a.onnx")} --axis batch=2 --seconds 0.05 --json").Json;
        Assert.Equal(["loadMilliseconds", "firstMilliseconds", "medianMilliseconds", "leastMilliseconds", "runs"], times.EnumerateObject().Select(property => property.Name));
        Refused(2, $"onnx bench {files.File("a.onnx")} --axis width=2", "onnx bench: the model has no symbolic axis 'width'. It has batch.");
    }

    [Fact]
    public void Test_counts_cases_and_says_what_failed()
    {
        string cases = files.File("cases");
        Directory.CreateDirectory(Path.Combine(cases, "alone"));
        File.Copy(files.File("a.onnx"), Path.Combine(cases, "alone", "model.onnx"), overwrite: true);
        ToolResult skipped = Tool.Run($"onnx test {cases}");
        Assert.Equal((0, "skipped alone: no test data beside the model\n0 passed, 0 failed, 1 skipped\n"), (skipped.Code, skipped.Output));

        Directory.CreateDirectory(Path.Combine(cases, "foreign"));
        File.Copy(files.File("foreign.onnx"), Path.Combine(cases, "foreign", "model.onnx"), overwrite: true);
        ToolResult failed = Tool.Run($"onnx test {cases} --filter foreign --json");
        Assert.Equal(1, failed.Code);
        string[] lines = failed.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("failed", JsonDocument.Parse(lines[0]).RootElement.GetProperty("outcome").GetString());
        Assert.Equal(1, JsonDocument.Parse(lines[1]).RootElement.GetProperty("failed").GetInt32());
        Refused(1, $"onnx test {files.File("none")}", $"onnx test: there is no folder {files.File("none")}. Give the root of a tree of test cases.");
    }

    static void Refused(int code, string arguments, string? message)
    {
        ToolResult result = Tool.Run(arguments);
        Assert.Equal((code, ""), (result.Code, result.Output));
        if (message is not null)
        {
            Assert.Equal($"error: {message}\n", result.Errors);
        }
    }
}
