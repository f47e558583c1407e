using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Cli.Tests;

public sealed class SweepTests : IDisposable
{
    const string Program = """
        using Ashlar.Lab;

        Run run = Run.Current;
        Settings settings = run.Configuration<Settings>();
        for (int epoch = 1; epoch <= settings.Epochs; epoch++)
        {
            run.Log("loss", ((settings.X - 0.3) * (settings.X - 0.3)) + (1.0 / epoch), epoch);
        }

        return settings.X > 0.9 ? 3 : 0;

        sealed record Settings
        {
            public double X { get; init; }
            public int Epochs { get; init; } = 2;
        }
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_runs_its_trials_as_runs_whatever_the_number_of_workers_and_goes_on_only_with_the_same_program()
    {
        string file = Write("""
            program: program
            metric: loss
            method: halving
            trials: 3
            parameters: {x: [0.5, 0.95, 0.2]}
            budget: {setting: epochs, min: 1, max: 4, factor: 3}
            seed: 5
            """);
        WriteProgram();

        ToolResult one = Run($"sweep {file} --json");
        ToolResult two = Run($"sweep {file} --workers 3");

        JsonElement[] trials = [.. one.Json.GetProperty("trials").EnumerateArray()];
        var lab = new LabFolder(_folder.File("lab"));
        RunRecord last = lab.Find(trials[0].GetProperty("run").GetString()!);
        Assert.Equal(4, trials.Length);
        Assert.Equal(3, one.Json.GetProperty("best").GetInt32());
        Assert.Equal(("1", "3"), (last.Tags["rung"], last.Tags["trial"]));
        Assert.Equal(one.Json.GetProperty("id").GetString(), last.Sweep);
        Assert.Equal(trials[0].GetProperty("value").GetDouble(), last.Metrics["loss"].Last);
        Assert.Equal(3, last.Metrics["loss"].Step);
        Assert.Equal(0, two.Code);
        string[] lines = two.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^trial +run +x +epochs +loss$", lines[0]);
        Assert.Equal(trials.Select(trial => trial.GetProperty("params").GetProperty("x").GetRawText()), lines[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]));
        Assert.Contains($"best: trial 3  x={last.Settings["x"].GetRawText()} epochs=3  loss ", two.Errors, StringComparison.Ordinal);

        ToolResult again = Run("sweep --resume @last --json");
        Assert.Equal(4, again.Json.GetProperty("trials").GetArrayLength());
        Assert.Equal(8, lab.Runs().Count());
        File.AppendAllText(Path.Combine(_folder.Path, "program", "Program.cs"), "// changed");
        ToolResult changed = Run("sweep --resume @last");
        Assert.Equal(1, changed.Code);
        Assert.Matches(@"^error: sweep 2\S+: the sources of \S+ have changed since it began, so its trials could not be compared\. Put them back, or begin a new sweep: ashlar sweep FILE\n$", changed.Errors);
    }

    [Fact]
    public void A_dry_run_shows_the_trials_and_runs_none()
    {
        string file = Write("{program: nowhere.cs, metric: loss, method: grid, parameters: {x: [1, 2], name: [a, '1']}}");

        ToolResult result = Run($"sweep {file} --dry-run");

        Assert.Equal("trial  x  name\n    0  1  a\n    1  1  \"1\"\n    2  2  a\n    3  2  \"1\"\n", result.Output);
        Assert.False(Directory.Exists(_folder.File("lab")));
    }

    [Fact]
    public void A_dry_run_says_that_later_trials_follow_from_earlier_ones()
    {
        string file = Write("{program: nowhere.cs, metric: loss, method: tpe, trials: 30, parameters: {x: {min: 0, max: 1}}}");

        ToolResult result = Run($"sweep {file} --dry-run --json");

        Assert.Equal(12, result.Json.GetProperty("trials").GetArrayLength());
        Assert.Equal(30, result.Json.GetProperty("total").GetInt32());
        Assert.EndsWith("18 more trials follow from the results of these.\n", Run($"sweep {file} --dry-run").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sweep", 2, "sweep: name a FILE, or a sweep with --resume, and not both.")]
    [InlineData("sweep none.yaml", 2, "sweep: there is no file none.yaml. Name a JSON or YAML file.")]
    [InlineData("sweep --resume @last", 1, "sweep: '@last' is no sweep in ")]
    [InlineData("sweep x --workers 0", 2, "--workers takes a whole number from 1 on, and got '0'")]
    public void What_cannot_be_is_said(string arguments, int code, string message)
    {
        ToolResult result = Run(arguments);

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_file_is_named()
    {
        ToolResult result = Run($"sweep {Write("{program: train.cs, metric: loss, parameters: {x: {min: 1, max: 0}}}")}");

        Assert.Equal(2, result.Code);
        Assert.Equal("error: sweep: sweep.yaml: parameters.x: max 0 is not above min 1.\n", result.Errors);
    }

    ToolResult Run(string arguments) => Tool.Run(arguments, new Dictionary<string, string> { ["ASHLAR_HOME"] = _folder.File("lab") });

    string Write(string yaml)
    {
        File.WriteAllText(_folder.File("sweep.yaml"), yaml);
        return _folder.File("sweep.yaml");
    }

    // A project with the assemblies beside the tests: building those again would take longer than all the trials.
    void WriteProgram()
    {
        string folder = Directory.CreateDirectory(_folder.File("program")).FullName;
        string references = string.Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "Ashlar*.dll").Where(file => !Path.GetFileName(file).Contains("Cli", StringComparison.Ordinal)).Select(file => $"<Reference Include=\"{file}\" />"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(folder, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
    }
}
