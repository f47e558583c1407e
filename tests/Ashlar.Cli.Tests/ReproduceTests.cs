using System.Diagnostics;
using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Cli.Tests;

/// <summary>A training is recorded and repeated; then something is changed behind the record's back, and the difference is named.</summary>
public sealed class ReproduceTests : IDisposable
{
    const string Small = "train digits --epochs 3 --train-count 96 --test-count 20 --seed 7 --json";

    readonly TemporaryFolder _folder = new();
    readonly Dictionary<string, string> _environment;

    public ReproduceTests() => _environment = new Dictionary<string, string> { ["ASHLAR_HOME"] = _folder.File("lab"), ["TMPDIR"] = _folder.Path };

    public void Dispose() => _folder.Dispose();

    RunRecord Last => new LabFolder(_folder.File("lab")).Find("@last");

    [Fact]
    public void A_training_is_reproduced_at_every_level()
    {
        Train(Small);

        foreach ((int level, string claim) in new[] { (0, "weights in the model"), (1, "program is there"), (2, "accuracy of the stored weights"), (3, "interval of steps 3 to 6"), (4, "weights") })
        {
            ToolResult result = Run($"reproduce @last --level {level} --share 1 --json");
            Assert.True(result.Code == 0, result.Output + result.Errors);
            Assert.Contains(claim, Claims(result.Json, "equal"));
            Assert.Contains($"level {level} hashes ", result.Errors, StringComparison.Ordinal);
        }

        using JsonDocument kept = JsonDocument.Parse(File.ReadAllText(Path.Combine(Last.Folder, "reproduce.json")));
        Assert.Equal("equal", kept.RootElement.GetProperty("verdict").GetString());
        ToolResult text = Run("reproduce @last");
        Assert.Matches(@"^claim +recorded +reproduced +difference +verdict\nsource files in the store +\d+ hashes +\d+ hashes +equal\n", text.Output);
        Assert.Matches(@"\n\nAll \d+ claims hold at level 4\.\n$", text.Output);
    }

    [Fact]
    public void Threads_and_executor_are_named_and_do_not_matter()
    {
        Train(Small);
        string file = new LabFolder(_folder.File("lab")).Find("@last").Files.RunPath;
        Edit(file, "\"--json\"", "\"--json\", \"--threads\", \"1\", \"--executor\", \"interpreter\"");

        ToolResult result = Run("reproduce @last --json");

        Assert.Equal(0, result.Code);
        Assert.Contains("weights", Claims(result.Json, "equal"));
        Assert.Equal(["environment: threads"], Claims(result.Json, "no matter"));
    }

    [Fact]
    public void A_record_with_another_seed_than_its_command_is_named()
    {
        Train(Small);
        Edit(Last.Files.ConfigPath, "\"value\": 7", "\"value\": 8");

        ToolResult result = Run("reproduce @last --json");

        Assert.Equal(3, result.Code);
        Assert.Equal(["setting seed"], Claims(Parsed(result), "differs"));
    }

    [Fact]
    public void A_command_with_another_seed_names_the_first_interval_that_differs()
    {
        Train(Small);
        Edit(Last.Files.RunPath, "\"7\"", "\"8\"");

        ToolResult result = Run("reproduce @last --json");

        Assert.Equal(3, result.Code);
        JsonElement chain = Parsed(result).GetProperty("claims").EnumerateArray().Single(claim => claim.GetProperty("claim").GetString() == "chain");
        Assert.StartsWith("first between the beginning and step 3: weights, optimizer", chain.GetProperty("difference").GetString(), StringComparison.Ordinal);
        Assert.Contains("setting seed", Claims(Parsed(result), "differs"));
        Assert.Contains("weights", Claims(Parsed(result), "differs"));
        Assert.Contains("metric train/loss", Claims(Parsed(result), "differs"));
    }

    [Fact]
    public void A_byte_of_the_recorded_program_that_changed_is_named()
    {
        Train(Small);
        CodeFile file = Last.Code.Files.Single(file => file.Path == "Ashlar.Learn.dll");
        FlipLastByte(new LabFolder(_folder.File("lab")).Store.PathOf(file.Sha256));

        ToolResult result = Run("reproduce @last");

        Assert.Equal(3, result.Code);
        Assert.Matches(@"\nsource Ashlar\.Learn\.dll +[0-9a-f]{12} +[0-9a-f]{12} +its bytes in the store are others +differs\n", result.Output);
        Assert.Matches(@"\nrun +see below +not checked\n(.*\n)*\nrun: not checked\n  not started: what it would start from is not what was recorded\n", result.Output);
        Assert.EndsWith("hold: source Ashlar.Learn.dll is the first.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_of_data_that_changed_is_named_and_data_elsewhere_is_found()
    {
        string data = Directory.CreateDirectory(_folder.File("data")).FullName, other = _folder.File("other");
        IdxFiles.Write(data, images: 24, size: 8);
        Train($"train stripes --data {data} --classes 2 --epochs 2 --batch 8 --seed 1 --json");
        Assert.Equal(0, Run("reproduce @last").Code);

        FlipLastByte(Path.Combine(data, "train-images-idx3-ubyte"));
        ToolResult changed = Run("reproduce @last --json");
        FlipLastByte(Path.Combine(data, "train-images-idx3-ubyte"));
        Directory.Move(data, other);
        ToolResult absent = Run("reproduce @last --json");
        ToolResult named = Run($"reproduce @last --json {string.Concat(Directory.GetFiles(other).Select(file => $"--data {Path.GetFileName(file)}={other} "))}");

        Assert.Equal(3, changed.Code);
        Assert.Equal(["data train-images-idx3-ubyte"], Claims(Parsed(changed), "differs"));
        Assert.Equal(1, absent.Code);
        Assert.Equal(4, Claims(Parsed(absent), "failed").Length);
        Assert.True(named.Code == 0, named.Output);
    }

    [Fact]
    public void A_training_that_was_killed_and_resumed_is_one_run_and_reproduced()
    {
        string command = $"train digits --epochs 4 --train-count 256 --test-count 50 --seed 7 --json --checkpoint-every 3 --out {_folder.File("model")}";
        using (Process process = Tool.Start(command, _environment))
        {
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("epoch 2/4", StringComparison.Ordinal))
            {
            }

            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal(RunState.Interrupted, Last.State);
        string id = Train($"{command} --resume").GetProperty("run").GetString()!;
        ToolResult result = Run("reproduce @last --json");

        Assert.Equal(id, Assert.Single(new LabFolder(_folder.File("lab")).Runs()).Id);
        Assert.True(result.Code == 0, result.Output + result.Errors);
    }

    [Fact]
    public void Without_a_record_nothing_is_kept()
    {
        Assert.Equal(JsonValueKind.Null, Train($"{Small} --no-record").GetProperty("run").ValueKind);
        Assert.False(Directory.Exists(_folder.File("lab")));
    }

    [Fact]
    public void The_checkpoint_of_an_earlier_training_is_kept_and_named()
    {
        Train(Small);
        string last = File.ReadAllText(Path.Combine(_folder.File("model"), "checkpoints", "last.safetensors"));

        ToolResult result = Run($"{Small} --out {_folder.File("model")}");

        string kept = Path.Combine(_folder.File("model"), "checkpoints", "previous.safetensors");
        Assert.StartsWith($"begins anew; the last checkpoint of the training before is kept as {kept} (--resume would go on from it)\n", result.Errors[result.Errors.IndexOf("begins", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(last, File.ReadAllText(kept));
    }

    [Theory]
    [InlineData("reproduce @last --level 5", 2, "ashlar reproduce: --level takes 0 to 4, and got '5'. See 'ashlar reproduce --help'.")]
    [InlineData("reproduce @last", 1, "@last: there is no run in ")]
    [InlineData("reproduce x --data y", 1, "run 'x': no run of ")]
    public void Errors_say_what_to_do(string command, int code, string message)
    {
        ToolResult result = Run(command);

        Assert.Equal(code, result.Code);
        Assert.StartsWith($"error: {message}", result.Errors, StringComparison.Ordinal);
    }

    JsonElement Train(string command) => Run(command.Contains("--out", StringComparison.Ordinal) ? command : $"{command} --out {_folder.File("model")}").Json;

    ToolResult Run(string command) => Tool.Run(command, _environment);

    static JsonElement Parsed(ToolResult result) => JsonDocument.Parse(result.Output).RootElement;

    static string[] Claims(JsonElement report, string verdict) =>
        [.. report.GetProperty("claims").EnumerateArray().Where(claim => claim.GetProperty("verdict").GetString() == verdict).Select(claim => claim.GetProperty("claim").GetString()!)];

    static void Edit(string path, string old, string now)
    {
        string text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    static void FlipLastByte(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
