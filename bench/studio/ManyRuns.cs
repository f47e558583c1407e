using System.Diagnostics;
using System.Globalization;
using Ashlar.Bench.Core;
using Ashlar.Lab;

namespace Ashlar.Bench.Studio;

/// <summary>The table over ten thousand runs of fifty metrics: first look, pages, filters, orders, comparison.</summary>
static class ManyRuns
{
    const int Runs = 10_000;
    const int Metrics = 50;
    const int Parameters = 20;
    const int Rounds = 11;

    public static async Task Measure(Report report)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("ashlar-bench-").FullName, ".ashlar");
        string[] ids = Make(folder);
        report.Head($"{Runs} runs of {Metrics} metrics and {Parameters} parameters");
        var first = new Samples();
        long start = Stopwatch.GetTimestamp();
        using (var studio = new StudioProcess(folder))
        {
            await studio.Get("/api/runs");
            first.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            report.Add("start and first look at all files", first, "s", 1);
        }

        start = Stopwatch.GetTimestamp();
        using (var studio = new StudioProcess(folder))
        {
            var again = new Samples();
            await studio.Get("/api/runs");
            again.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            report.Add("start with an index", again, "s", 1);

            // Runs that were never followed are followed once in the background.
            await Task.Delay(TimeSpan.FromSeconds(15));
            await Time(report, studio, "page of 100", "/api/runs?limit=100");
            await Time(report, studio, "page of 100, the 50th", "/api/runs?limit=100&offset=5000");
            await Time(report, studio, "filter by a metric", "/api/runs?where=" + Uri.EscapeDataString("metrics.m7 > 0.9"));
            await Time(report, studio, "filter by metric, parameter and state", "/api/runs?where=" + Uri.EscapeDataString("metrics.m7 > 0.5 and params.p3 < 0.5 and state = 'finished'"));
            await Time(report, studio, "sort by a metric", "/api/runs?sort=-metrics.m9");
            await Time(report, studio, "filter and sort", "/api/runs?where=" + Uri.EscapeDataString("metrics.m7 > 0.5") + "&sort=-metrics.m9,params.p1");
            await Time(report, studio, "compare 100 runs", "/api/compare?runs=" + string.Join(',', ids.Take(100)));
            await Task.Delay(TimeSpan.FromSeconds(12));
            report.Say(string.Create(CultureInfo.InvariantCulture, $"memory afterwards: {studio.Megabytes:0} MB"));
            double before = studio.ProcessorSeconds;
            await Task.Delay(TimeSpan.FromSeconds(5));
            report.Say(string.Create(CultureInfo.InvariantCulture, $"processor while nothing happens: {(studio.ProcessorSeconds - before) / 5:0.0%} of a core"));
        }

        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    static async Task Time(Report report, StudioProcess studio, string name, string path)
    {
        for (int round = 0; round < 40; round++)
        {
            // As often as the runtime wants before it compiles for good.
            await studio.Get(path);
        }

        var samples = new Samples();
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            await studio.Get(path);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        report.Add(name, samples, "ms", 1e3);
    }

    // Written as programs write runs, but without waiting for the disk twenty thousand times.
    static string[] Make(string folder)
    {
        var lab = new LabFolder(folder);
        var ids = new string[Runs];
        var begin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < Runs; i++)
        {
            DateTimeOffset start = begin.AddMinutes(i);
            ids[i] = RunId.New(start);
            string run = Path.Combine(lab.RunsPath, ids[i]);
            Directory.CreateDirectory(run);
            File.WriteAllText(Path.Combine(run, "run.json"), $$"""
                {"format": "ashlar run 1", "id": "{{ids[i]}}", "name": "run {{Text(i)}}", "start": "{{start:yyyy-MM-ddTHH:mm:ss.fffZ}}", "end": "{{start.AddMinutes(5):yyyy-MM-ddTHH:mm:ss.fffZ}}", "state": "{{(i % 7 == 0 ? "failed" : "finished")}}",
                 "process": {"host": "bench", "pid": 1, "started": "2026-01-01T00:00:00.000Z"}, "folder": "", "command": ["ashlar", "train", "digits"], "experiment": "default", "parent": null, "sweep": null, "exitCode": 0, "error": null, "weights": null,
                 "tags": {"stage": "{{(i % 3 == 0 ? "final" : "try")}}"},
                 "metrics": { {{string.Join(", ", Enumerable.Range(0, Metrics).Select(j => $"\"m{Text(j)}\": {{\"last\": {Text(Number(i, j))}, \"min\": {Text(Number(i, j))}, \"max\": {Text(Number(i, j))}, \"step\": 100, \"count\": 100}}"))}} } }
                """);
            File.WriteAllText(Path.Combine(run, "config.json"), $$"""{"values": { {{string.Join(", ", Enumerable.Range(0, Parameters).Select(j => $"\"p{Text(j)}\": {{\"value\": {Text(Number(i, 1000 + j))}, \"source\": \"default\"}}"))}} } }""");
        }

        return ids;
    }

    static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    // Evenly spread between 0 and 1, the same each time.
    static double Number(int run, int column) => (((ulong)run * 6364136223846793005) + ((ulong)column * 1442695040888963407) >> 11) / (double)(1UL << 53);
}
