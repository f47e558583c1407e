using System.Diagnostics;
using System.Globalization;
using Ashlar.Bench.Core;
using Ashlar.Lab.Events;

namespace Ashlar.Bench.Lab;

/// <summary>What a logged number costs the thread that logs it, how many a second go through to the disk, and how many a second are read.</summary>
static class Events
{
    const int Burst = 8192;
    const int Points = 4_000_000;
    const int Tags = 50;

    public static void Measure(Report report)
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-bench-").FullName;
        string[] tags = [.. Enumerable.Range(0, Tags).Select(i => string.Create(CultureInfo.InvariantCulture, $"layer{i}/loss"))];
        try
        {
            report.Head("event files");
            Calls(report, Path.Combine(folder, "calls"), tags);
            foreach ((string name, double factor) in (ReadOnlySpan<(string, double)>)[("float32", 0.5), ("float64", 0.1)])
            {
                var written = new Samples();
                var read = new Samples();
                for (int round = 0; round < 5; round++)
                {
                    string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{round}"));
                    written.Add(Points / 1e6 / Write(file, tags, factor));
                    read.Add(Points / 1e6 / Read(file));
                }

                report.Add($"{name} points written and on the disk", written, "M/s", 1);
                report.Add($"{name} points read", read, "M/s", 1);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Bursts that the ring takes whole, as a training step makes them.
    static void Calls(Report report, string folder, string[] tags)
    {
        using var log = EventLog.Create(folder);
        var calls = new Samples();
        for (int burst = 0; burst < 200; burst++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Burst; i++)
            {
                log.Scalar(tags[i % Tags], i * 0.1, i);
            }

            calls.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / Burst);
            Thread.Sleep(20);
        }

        report.Add("a point, on the thread that logs it", calls, "ns", 1e9);
    }

    static double Write(string folder, string[] tags, double factor)
    {
        long start = Stopwatch.GetTimestamp();
        using (var log = EventLog.Create(folder))
        {
            for (int i = 0; i < Points; i++)
            {
                log.Scalar(tags[i % Tags], i * factor, i / Tags);
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    static double Read(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        long points = EventFolder.Read(folder).LongCount();
        return points == Points ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidDataException($"{points} points came back, {Points} were written.");
    }
}
