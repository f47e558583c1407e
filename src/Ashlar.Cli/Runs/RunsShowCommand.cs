using System.CommandLine;
using System.Globalization;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs show</c></summary>
sealed class RunsShowCommand
{
    public static readonly string[] Examples = ["ashlar runs show @last", "ashlar runs show 20261122-09 --json", "ashlar runs show @best:accuracy"];

    const int MostFiles = 10;

    readonly Argument<string> _run = RunArguments.One();
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };

    public Command Build()
    {
        var command = new Command("show", "Shows one run: configuration, metrics, data, code, environment, artifacts.") { _run, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        RunRecord run = LabFolder.Find().Find(parsed.GetRequiredValue(_run));
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json => RunJson.WriteWhole(json, run));
            return ExitCode.Success;
        }

        Console.Out.Write(Facts(run));
        Section("configuration", Configuration(run));
        Section("metrics", Metrics(run));
        Section("data", Data(run.Data));
        Section("code", Code(run.Code));
        Section("environment", Environment(run));
        Section("artifacts", Artifacts(run));
        foreach (string fault in run.Faults)
        {
            Console.Out.WriteLine($"damaged: {fault}");
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine($"Run it again and compare: ashlar reproduce {run.Id}");
        return ExitCode.Success;
    }

    static void Section(string name, TextTable table)
    {
        if (!table.IsEmpty)
        {
            Console.Out.Write($"\n{name}\n{string.Concat(table.ToString().Split('\n').SkipLast(1).Select(line => $"  {line}\n"))}");
        }
    }

    static TextTable Facts(RunRecord run)
    {
        var table = new TextTable("", "");
        table.Add("run", run.Id);
        table.Add("name", run.Name);
        table.Add("experiment", run.Experiment);
        table.Add("state", RunValues.TextOf(run.State) + (run.File.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $", exit code {code}") : ""));
        AddIf(table, "error", run.File.Error);
        table.Add("start", $"{RunText.Of(run.Start)} UTC");
        AddIf(table, "time", RunText.Duration(run, TimeProvider.System));
        AddIf(table, "command", RunText.Command(run.File.Command));
        AddIf(table, "folder", run.File.Folder);
        AddIf(table, "tags", string.Join(", ", run.Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        AddIf(table, "parent", run.Parent);
        AddIf(table, "sweep", run.Sweep);
        AddIf(table, "weights", run.Weights);
        AddIf(table, "chain", run.Chain.LastOrDefault() is { } link ? string.Create(CultureInfo.InvariantCulture, $"{run.Chain.Count()} links to step {link.Step}, {RunText.Short(link.Hash)}") : null);
        return table;
    }

    static void AddIf(TextTable table, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            table.Add(name, value);
        }
    }

    static TextTable Configuration(RunRecord run)
    {
        var table = new TextTable("", "", "");
        foreach ((string name, ConfigValue value) in run.Config.Values)
        {
            table.Add(name, RunText.Of(value.Value), value.Source);
        }

        return table;
    }

    static TextTable Metrics(RunRecord run)
    {
        var table = new TextTable("", "last>", "min>", "max>", "step>", "points>");
        foreach ((string name, MetricSummary summary) in run.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            table.Add(name, RunText.Number(summary.Last), RunText.Number(summary.Min), RunText.Number(summary.Max), Whole(summary.Step), Whole(summary.Count));
        }

        return table;
    }

    static TextTable Data(DataRecord data)
    {
        var table = new TextTable("", "", "", "");
        foreach (DataFile file in data.Files)
        {
            table.Add(file.Name, RunText.Short(file.Sha256), RunText.Bytes(file.Size), file.Path);
        }

        foreach (DataSplit split in data.Splits)
        {
            table.Add(split.Name, RunText.Short(split.Sha256), $"{Whole(split.Count)} examples", "");
        }

        return table;
    }

    static TextTable Code(CodeRecord code)
    {
        var table = new TextTable("", "");
        AddIf(table, "project", code.Project);
        AddIf(table, "commit", code.Git?.Commit is { } commit ? $"{commit}{(code.Git.Branch is { } branch ? $" ({branch})" : "")}{(code.Git.Patch is null ? "" : " with uncommitted changes")}" : null);
        foreach (CodeFile file in code.Files.Take(MostFiles))
        {
            table.Add(file.Path, RunText.Short(file.Sha256));
        }

        AddIf(table, "…", code.Files.Count > MostFiles ? $"and {Whole(code.Files.Count - MostFiles)} more files" : null);
        return table;
    }

    static TextTable Environment(RunRecord run)
    {
        var table = new TextTable("", "");
        foreach (ComparisonRow row in RunComparison.Environment([run]))
        {
            AddIf(table, row.Name, row.Values[0] is QueryValue.Number number ? Whole((long)number.Value) : row.Values[0].AsText());
        }

        return table;
    }

    static TextTable Artifacts(RunRecord run)
    {
        var table = new TextTable("", "", ">", "");
        foreach (ArtifactRecord artifact in run.Artifacts)
        {
            table.Add(artifact.Name, RunText.Short(artifact.Sha256), RunText.Bytes(artifact.Size), artifact.MediaType);
        }

        return table;
    }

    static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
