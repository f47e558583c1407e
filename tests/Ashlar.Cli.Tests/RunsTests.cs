using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;

namespace Ashlar.Cli.Tests;

public sealed class RunsTests : IDisposable
{
    const string First = "20261122-093011-aaaaaa", Second = "20261122-093012-bbbbbb", Third = "20261122-093013-cccccc";

    readonly TemporaryFolder _folder = new();
    readonly Dictionary<string, string> _environment;

    public RunsTests()
    {
        _environment = new Dictionary<string, string> { ["ASHLAR_HOME"] = _folder.Path };
        Create(First, "one", 0.01, 0.97, RunState.Finished);
        Create(Second, "two", 0.1, 0.91, RunState.Failed);
        Create(Third, "three", 0.001, 0.5, RunState.Finished);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", new[] { Third, Second, First })]
    [InlineData("--sort -metrics.accuracy", new[] { First, Second, Third })]
    [InlineData("--sort params.lr --limit 2", new[] { Third, First })]
    [InlineData("--where metrics.accuracy>0.9", new[] { Second, First })]
    [InlineData("--where metrics.accuracy>0.9&params.lr<1e-1", new[] { First })]
    [InlineData("--where state='failed'", new[] { Second })]
    public void Runs_are_listed(string options, string[] ids)
    {
        ToolResult table = Run($"runs ls {options}"), json = Run($"runs ls {options} --json");

        Assert.Equal((0, ""), (table.Code, table.Errors));
        Assert.Equal(ids, table.Output.Split('\n').Skip(1).Where(line => line.StartsWith("2026", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
        Assert.Equal(ids, json.Json.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetString()));
    }

    [Fact]
    public void A_table_has_columns_that_can_be_chosen()
    {
        string[] lines = Run("runs ls --columns params.lr,metrics.accuracy --where name='two'").Output.Split('\n');

        Assert.Equal("run                     name  state   start (UTC)             time  params.lr  accuracy", lines[0]);
        Assert.Equal("20261122-093012-bbbbbb  two   failed  2026-11-22 09:30:12  1:01:05        0.1      0.91", lines[1]);
    }

    [Fact]
    public void A_wrong_filter_is_shown_with_a_caret()
    {
        ToolResult result = Run("runs ls --where metrics.accuracy>>0.9");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Equal("error: where: at character 18: found '>', expected a value. Write a number, a text in quotes, true or false.\n  metrics.accuracy>>0.9\n                   ^\n", result.Errors);
    }

    [Fact]
    public void One_run_is_shown_whole()
    {
        ToolResult text = Run("runs show @best:accuracy");
        JsonElement json = Run($"runs show {First} --json").Json;

        Assert.Contains($"run         {First}\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("\nconfiguration\n  lr  0.01  command line\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("\nmetrics\n            last   min   max  step  points\n  accuracy  0.97  0.97  0.97     7       1\n", text.Output, StringComparison.Ordinal);
        Assert.EndsWith($"\nRun it again and compare: ashlar reproduce {First}\n", text.Output, StringComparison.Ordinal);
        Assert.Equal(0.01, json.GetProperty("params").GetProperty("lr").GetDouble());
        Assert.Equal("command line", json.GetProperty("config").GetProperty("lr").GetProperty("source").GetString());
        Assert.Equal(["ashlar", "run", "x y.cs"], json.GetProperty("command").EnumerateArray().Select(word => word.GetString()));
    }

    [Fact]
    public void Runs_are_compared()
    {
        ToolResult text = Run("runs compare @last @best:accuracy");
        JsonElement json = Run($"runs compare {First} {Second} --json").Json;

        Assert.Contains("configuration: 1 of 1 differ\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("≠  lr  0.001                   0.01\n", text.Output, StringComparison.Ordinal);
        Assert.Equal(["configuration", "code", "data", "environment", "metrics"], json.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("name").GetString()));
    }

    [Fact]
    public void Tags_are_set_and_removed()
    {
        Run($"runs tag {First} stage=final paper=a=b");
        ToolResult result = Run("runs tag 20261122-093011 --remove stage --name better");

        Assert.Equal($"{First}  better  paper=a=b\n", result.Output);
        Assert.Equal(First, Assert.Single(Run("runs ls --where tags.paper='a=b' --json").Json.GetProperty("runs").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public void Removed_runs_go_to_the_trash_unless_told_otherwise()
    {
        Assert.StartsWith($"moved {Third} to {_folder.File("trash")}", Run("runs rm @last").Output, StringComparison.Ordinal);
        Assert.Equal($"deleted {Second}\n", Run("runs rm @last --permanent").Output);
        Assert.Equal([Third], Directory.GetDirectories(_folder.File("trash")).Select(Path.GetFileName));
        Assert.Equal([First], Directory.GetDirectories(_folder.File("runs")).Select(Path.GetFileName));
    }

    [Fact]
    public void Sources_that_differ_are_shown_line_by_line()
    {
        var lab = new LabFolder(_folder.Path);
        foreach ((string id, string text) in new[] { (First, "a\nb\nc\n"), (Second, "a\nB\nc\n") })
        {
            new RunRecord(lab.PathOf(id)).Files.Write(new CodeRecord("x.cs", [new CodeFile("x.cs", lab.Store.Add(System.Text.Encoding.UTF8.GetBytes(text)), text.Length)], null, []));
        }

        Assert.EndsWith("--- x.cs\n+++ x.cs\n@@ -1,4 +1,4 @@\n a\n-b\n+B\n c\n \n", Run($"runs diff {First} {Second}").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_exported_as_rows_and_points_and_folders()
    {
        RunFolder files = new RunRecord(new LabFolder(_folder.Path).PathOf(First)).Files;
        using (var log = Lab.Events.EventLog.Create(Path.Combine(files.EventsPath, "main")))
        {
            log.Scalar("accuracy", 0.1, 1);
            log.Scalar("accuracy", 0.97, 7);
        }

        Assert.Equal($"id,name,experiment,state,start,end,weights,params.lr,metrics.accuracy\n{First},one,default,finished,2026-11-22T09:30:11.000Z,2026-11-22T10:31:16.000Z,,0.01,0.97\n", Run($"runs export {First}").Output);
        Assert.Matches($@"^run,metric,step,time,value\n{First},accuracy,1,\d+\.?\d*,0\.1\n{First},accuracy,7,\d+\.?\d*,0\.97\n$", Run($"runs export {First} --points").Output);
        Assert.Equal(3, JsonDocument.Parse(Run("runs export --format json").Output).RootElement.GetArrayLength());
        ToolResult board = Run($"runs export --format tensorboard --out {_folder.File("logs")}");
        Assert.Equal((0, $"3 runs in {_folder.File("logs")}\n"), (board.Code, board.Errors));
        Assert.Single(Directory.GetFiles(_folder.File($"logs/{First}/main")));
        Assert.Equal(2, Run("runs export --format xml").Code);
    }

    [Theory]
    [InlineData("runs show 2026", 1, "run '2026': 3 runs begin with it: ")]
    [InlineData("runs show none", 1, "run 'none': no run of ")]
    [InlineData("runs show @best:f1", 1, "@best:f1: no run has a metric 'f1'. There are accuracy.")]
    [InlineData("runs tag @last", 2, "runs tag: nothing to change. Give key=value, --remove KEY or --name NAME.")]
    [InlineData("runs tag @last stage", 2, "runs tag: 'stage' is not of the form key=value. Write it so, without blanks around '='.")]
    [InlineData("runs lst", 2, "ashlar runs: no command is named 'lst'. Did you mean ls? See 'ashlar runs --help'.")]
    [InlineData("runs", 2, "ashlar runs: no command is given. Say ls, show, ")]
    public void Errors_say_what_to_do(string command, int code, string message)
    {
        ToolResult result = Run(command);

        Assert.Equal(code, result.Code);
        Assert.StartsWith($"error: {message}", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_run_the_next_command_is_named()
    {
        using var empty = new TemporaryFolder();
        Assert.EndsWith("Make one: ashlar train digits, or ashlar run SCRIPT.cs\n", Tool.Run("runs ls", new Dictionary<string, string> { ["ASHLAR_HOME"] = empty.Path }).Output, StringComparison.Ordinal);
    }

    ToolResult Run(string arguments) => Tool.Run(arguments.Replace(">0.9&", ">0.9\u00A0and\u00A0", StringComparison.Ordinal), _environment);

    void Create(string id, string name, double rate, double accuracy, RunState state)
    {
        var start = DateTimeOffset.ParseExact(id[..15], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        RunFolder folder = RunFolder.Create(new LabFolder(_folder.Path), new RunFile(
            id, name, start, new ProcessRecord("elsewhere", 1, start), "/somewhere", ["ashlar", "run", "x y.cs"], new Dictionary<string, string>(),
            new Dictionary<string, MetricSummary> { ["accuracy"] = MetricSummary.Of(accuracy, 7) }, State: state, End: start.AddSeconds(3665)));
        folder.Write(new ConfigFile(new Dictionary<string, ConfigValue> { ["lr"] = new(JsonSerializer.SerializeToElement(rate), "command line") }));
    }
}
