using System.Text.Json;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Queries;

namespace Ashlar.Lab.Tests.Queries;

public sealed class RunComparisonTests
{
    [Fact]
    public void What_differs_is_marked_in_every_section()
    {
        using var folder = new TemporaryFolder();
        RunRecord[] runs = [Run(folder, "20261122-093011-aaaaaa", lr: 0.1, threads: 1, source: "a1", data: "d1"), Run(folder, "20261122-093012-bbbbbb", lr: 0.2, threads: 2, source: "b1", data: "d2")];

        var comparison = RunComparison.Of(runs);

        Assert.Equal(["configuration", "code", "data", "environment", "metrics"], comparison.Sections.Select(section => section.Name));
        Assert.Equal(
            ["lr", "only 0.1", "main.cs", "images", "threads", "accuracy"],
            comparison.Sections.SelectMany(section => section.Rows).Where(row => row.Differs).Select(row => row.Name));
        ComparisonRow rate = comparison.Sections[0].Rows.Single(row => row.Name == "lr");
        Assert.Equal([new QueryValue.Number(0.1), new QueryValue.Number(0.2)], rate.Values);
        Assert.Equal([new QueryValue.Truth(true), QueryValue.None], comparison.Sections[0].Rows.Single(row => row.Name == "only 0.1").Values);
        Assert.Contains(comparison.Sections[0].Rows, row => row is { Name: "width", Differs: false });
        Assert.DoesNotContain(comparison.Sections[1].Rows, row => row.Name == "same.cs");
    }

    [Fact]
    public void A_run_meets_a_filter_by_its_files()
    {
        using var folder = new TemporaryFolder();
        RunRecord run = Run(folder, "20261122-093011-aaaaaa", lr: 0.1, threads: 1, source: "a1", data: "d1");
        run.SetTag("stage", "final");

        Assert.True(Matches(run, "metrics.accuracy = 0.1 and params.lr <= 0.1 and tags.stage = 'final' and state = 'running' and experiment = 'default' and name = 'some'"));
        Assert.True(Matches(run, "start > '2026-11-22' and not end > '2000-01-01' and id like '%aaaaaa' and max(metrics.accuracy) < 1"));
        Assert.False(Matches(run, "params.lr > 0.1 or metrics.none < 1 or sweep = 'x' or parent = 'x' or weights = 'x' or min(metrics.accuracy) > 1"));
    }

    static bool Matches(RunRecord run, string filter) => Filter.Parse(filter).Matches(field => RunValues.Of(run, field));

    static RunRecord Run(TemporaryFolder folder, string id, double lr, int threads, string source, string data)
    {
        RunFolder files = SomeRun.Create(new LabFolder(folder.Path), id, ("accuracy", lr));
        var values = new Dictionary<string, ConfigValue> { ["lr"] = Value($"{lr}"), ["width"] = Value("64") };
        if (lr < 0.15)
        {
            values["only 0.1"] = Value("true");
        }

        files.Write(new ConfigFile(values));
        files.Write(new CodeRecord("main.cs", [new CodeFile("main.cs", source, 1), new CodeFile("same.cs", "s", 1)], null, []));
        files.Write(new DataRecord([new DataFile("images", "/images", data, 1)], [new DataSplit("train", 10, "t")]));
        files.Write(new HostRecord("m", "s", "x64", "r", "a", 1, 2, threads, "256", 1, ""));
        return new RunRecord(files.Path);
    }

    static ConfigValue Value(string json) => new(JsonDocument.Parse(json).RootElement, "file");
}
