using System.Diagnostics;
using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Cli.Tests;

/// <summary>Programs of users: recorded, looked at, repeated.</summary>
public sealed class RunTests(RecordedProgram program) : IClassFixture<RecordedProgram>
{
    LabFolder Folder => new(program.File("lab"));

    RunRecord First => Folder.Runs().Last();

    [Fact]
    public void A_program_is_run_and_recorded()
    {
        RunRecord run = First;

        Assert.True(program.First.Code == 0, program.First.Errors);
        Assert.Equal("rate 0.125, width 8, one two\n", program.First.Output);
        Assert.Matches($@"^run {run.Id}\nworking\rdone\nrun {run.Id} finished after \d+\.\d s\nlook at it: ashlar runs show {run.Id}   run it again and compare: ashlar reproduce {run.Id}\n$", program.First.Errors);
        Assert.Equal(("small", "mine", RunState.Finished, 0), (run.Name, run.Experiment, run.State, run.File.ExitCode));
        Assert.Equal("test", run.Tags["kind"]);
        Assert.Equal(("0.125", "command line"), (run.Config.Values["rate"].Value.GetRawText(), run.Config.Values["rate"].Source));
        Assert.Equal(("8", "file"), (run.Config.Values["model.width"].Value.GetRawText(), run.Config.Values["model.width"].Source));
        Assert.Equal([("out", "rate 0.125, width 8, one two"), ("err", "done")], run.Log().OrderByDescending(line => line.Stream).Select(line => (line.Stream, line.Text)));
        Assert.Equal(["Program.cs", "small.csproj"], run.Code.Files.Select(file => file.Path).Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith("proj", StringComparison.Ordinal)));
        Assert.Equal(1, run.Metrics["value"].Last);
        Assert.Equal("number", Assert.Single(run.Data.Files).Name);
    }

    [Fact]
    public void It_is_reproduced_from_its_recorded_sources_whatever_became_of_the_files()
    {
        File.WriteAllText(program.File("program/Program.cs"), RecordedProgram.Source.Replace("number *", "number +", StringComparison.Ordinal));
        ToolResult result = program.Run($"reproduce {First.Id} --json");
        File.WriteAllText(program.File("program/Program.cs"), RecordedProgram.Source);

        Assert.True(result.Code == 0, result.Output + result.Errors);
        string[] claims = [.. result.Json.GetProperty("claims").EnumerateArray().Select(claim => claim.GetProperty("claim").GetString()!)];
        Assert.All(["sources build", "data number", "configuration", "metric value", "artifact result.txt"], claim => Assert.Contains(claim, claims));
    }

    [Fact]
    public void A_source_that_is_another_one_shows_in_what_comes_out()
    {
        RunRecord run = First;
        string record = File.ReadAllText(run.Files.CodePath);
        CodeFile source = run.Code.Files.Single(file => file.Path == "Program.cs");
        string other = Folder.Store.Add(System.Text.Encoding.UTF8.GetBytes(RecordedProgram.Source.Replace("number *", "number +", StringComparison.Ordinal)));
        File.WriteAllText(run.Files.CodePath, record.Replace(source.Sha256, other, StringComparison.Ordinal));

        ToolResult result = program.Run($"reproduce {run.Id} --json --work {program.File("work")}");
        File.WriteAllText(run.Files.CodePath, record);

        Assert.Equal(3, result.Code);
        JsonElement claim = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("claims").EnumerateArray(), claim => claim.GetProperty("verdict").GetString() == "differs");
        Assert.Equal("metric value", claim.GetProperty("claim").GetString());
        Assert.Equal("+1.5; first at step 0: 0 against 2", claim.GetProperty("difference").GetString());
    }

    [Fact]
    public void A_program_that_fails_is_recorded_as_failed()
    {
        ToolResult result = program.Run($"run {program.File("program")} -- fail");

        Assert.Equal(1, result.Code);
        Assert.Contains("failed with exit code 7 after", result.Errors, StringComparison.Ordinal);
        RunRecord run = Of(result);
        Assert.Equal((RunState.Failed, 7, "exit code 7"), (run.State, run.File.ExitCode, run.File.Error));
    }

    [Fact]
    public void A_wrong_setting_ends_the_program_with_the_nearest_name()
    {
        ToolResult result = program.Run($"run {program.File("program")} rte=3");

        Assert.Equal(1, result.Code);
        Assert.Contains("unknown key 'rte' (command line). Did you mean 'rate'?", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_to_stop_it_stops_the_program_and_says_so()
    {
        using Process process = Tool.Start($"run {program.File("program")} -- wait", program.Environment, program.File("program"));
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (process.StandardOutput.ReadLine() is { } line && line != "waiting")
        {
        }

        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        RunRecord run = Of(new ToolResult(130, "", await errors));
        Assert.Equal(RunState.Interrupted, run.State);
    }

    [Fact]
    public void What_does_not_compile_is_not_run()
    {
        File.WriteAllText(program.File("wrong.cs"), "int x = \"\";\n");
        int before = Folder.Runs().Count();

        ToolResult result = program.Run($"run {program.File("wrong.cs")}");

        Assert.Equal(1, result.Code);
        Assert.Contains("error CS0029", result.Errors, StringComparison.Ordinal);
        Assert.EndsWith($"error: run: {program.File("wrong.cs")} does not build, so nothing was run. Mend what the compiler names above.\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Folder.Runs().Count());
    }

    [Theory]
    [InlineData("run none.cs", 1, "code: ")]
    [InlineData("run Program.cs lr", 2, "run: 'lr' is not of the form key=value. Write it so, without blanks around '='.")]
    [InlineData("run Program.cs --config none.yaml", 2, "run: there is no file none.yaml. Name a JSON or YAML file with --config.")]
    [InlineData("run Program.cs --config Program.cs", 2, "run: Program.cs ends in '.cs'. Settings are .json, .yaml or .yml.")]
    [InlineData("run Program.cs --tag stage", 2, "run: 'stage' is not of the form key=value. Write it so, without blanks around '='.")]
    public void Errors_say_what_to_do(string command, int code, string message)
    {
        ToolResult result = program.Run(command);

        Assert.Equal(code, result.Code);
        Assert.StartsWith($"error: {message}", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\nb: -2.5e3\nc: true\nd: ~\ne: text\nf: '7'\ng: [1, x]\nh:\n  i: .inf\n", """{"a":1,"b":-2500,"c":true,"d":null,"e":"text","f":"7","g":[1,"x"],"h.i":".inf"}""")]
    [InlineData("", "{}")]
    [InlineData("base: &b {x: 1}\nother: *b\n", """{"base.x":1,"other.x":1}""")]
    public void YAML_reads_as_JSON(string yaml, string values)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("s.yaml"), yaml);

        IEnumerable<string> read = Ashlar.Cli.Programs.SettingsFile.Read(folder.File("s.yaml")).Values.Select(pair => $"\"{pair.Key}\":{pair.Value.Value.GetRawText()}");

        Assert.Equal(values, $"{{{string.Join(',', read)}}}");
    }

    [Theory]
    [InlineData("a: [1\n", "is no YAML: line ")]
    [InlineData("a: &x\n  b: *x\n", "is no YAML: line ")]
    public void What_is_no_YAML_is_refused_with_its_line(string yaml, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("s.yaml"), yaml);

        Assert.Contains(message, Assert.Throws<UsageException>(() => Ashlar.Cli.Programs.SettingsFile.Read(folder.File("s.yaml"))).Message, StringComparison.Ordinal);
    }

    RunRecord Of(ToolResult result) => Folder.Find(result.Errors.Split('\n')[0]["run ".Length..]);
}
