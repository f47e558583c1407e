using System.Diagnostics;
using System.Globalization;
using Ashlar.Bench.Core;
using Ashlar.Lab;
using EventLog = Ashlar.Lab.Events.EventLog;

namespace Ashlar.Bench.Studio;

/// <summary>A run with a series of ten million points, and one with ten thousand metrics.</summary>
static class LongSeries
{
    const int Points = 10_000_000;
    const int Names = 10_000;
    const int Rounds = 11;

    public static async Task Measure(Report report)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("ashlar-bench-").FullName, ".ashlar");
        string most = Make(folder, "points", Points, 1), wide = Make(folder, "names", Names * 20, Names);
        using (var studio = new StudioProcess(folder))
        {
            report.Head("ten million points, ten thousand names");
            long start = Stopwatch.GetTimestamp();
            await studio.Get($"/api/series?runs={most}&metric=m0&pixels=800");
            var first = new Samples();
            first.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            report.Add("10 M points: first question", first, "s", 1);
            await Time(report, studio, "10 M points: all of them on 800 pixels", $"/api/series?runs={most}&metric=m0&pixels=800");
            await Time(report, studio, "10 M points: a tenth", $"/api/series?runs={most}&metric=m0&pixels=800&from=4000000&to=5000000");
            await Time(report, studio, "10 M points: a thousandth", $"/api/series?runs={most}&metric=m0&pixels=800&from=4000000&to=4010000");
            await Time(report, studio, "10 M points: 1500 points, exact", $"/api/series?runs={most}&metric=m0&pixels=800&from=4000000&to=4001499");
            start = Stopwatch.GetTimestamp();
            await studio.Get($"/api/series?runs={wide}&metric=m77&pixels=800");
            var names = new Samples();
            names.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            report.Add("10,000 names: first question", names, "s", 1);
            await Time(report, studio, "10,000 names: the first 1000", $"/api/runs/{wide}/metrics?limit=1000");
            await Time(report, studio, "10,000 names: those with 777", $"/api/runs/{wide}/metrics?search=777");
            await Time(report, studio, "10,000 names: one series", $"/api/series?runs={wide}&metric=m9999&pixels=800");
            await Time(report, studio, "10,000 names: the run whole", $"/api/runs/{wide}");
            report.Say(string.Create(CultureInfo.InvariantCulture, $"memory afterwards: {studio.Megabytes:0} MB; index {new FileInfo(Path.Combine(folder, "index.db")).Length / 1e6:0} MB, event files {Directory.EnumerateFiles(folder, "*tfevents*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6:0} MB"));
        }

        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    static async Task Time(Report report, StudioProcess studio, string name, string path)
    {
        await studio.Get(path);
        var samples = new Samples();
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            await studio.Get(path);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        report.Add(name, samples, "ms", 1e3);
    }

    static string Make(string folder, string name, int points, int metrics)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        RunFolder run = RunFolder.Create(new LabFolder(folder), new RunFile(RunId.New(start.AddSeconds(metrics)), name, start, ProcessRecord.Current, folder, [], new Dictionary<string, string>(), new Dictionary<string, MetricSummary>(), State: RunState.Finished, End: start));
        string[] tags = [.. Enumerable.Range(0, metrics).Select(i => string.Create(CultureInfo.InvariantCulture, $"m{i}"))];
        using EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main"));
        for (int i = 0; i < points; i++)
        {
            log.Scalar(tags[i % metrics], (i % 997) * 0.1, i / metrics);
        }

        return run.Id;
    }
}
