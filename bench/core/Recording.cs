using System.Diagnostics;
using Ashlar.Schedule;

namespace Ashlar.Bench.Core;

/// <summary>What a step costs before it runs, when its plan is known: recording, and reading the graph's key and finding the plan by it.</summary>
static class Recording
{
    const int WarmUpMilliseconds = 1500;

    public static void Measure(Report report)
    {
        report.Head("(b) per operation, in steady state");
        Tensor x = Tensor.Full(new Shape(8, 8), 0.5);
        Tensor y = Tensor.Full(new Shape(8, 8), 0.25);
        Tensor.Eval(x, y);
        foreach (int operations in (int[])[10, 100, 1000])
        {
            var cache = new PlanCache();
            Once(x, y, operations, cache, null);
            for (long start = Environment.TickCount64; Environment.TickCount64 - start < WarmUpMilliseconds;)
            {
                Once(x, y, operations, cache, null);
            }

            Samples[] samples = [new(), new(), new()];
            for (int i = 0; i < 200_000 / operations; i++)
            {
                Once(x, y, operations, cache, samples);
            }

            report.Add($"{operations} operations: recording", samples[0], "ns", 1e9);
            report.Add($"{operations} operations: reading the key", samples[1], "ns", 1e9);
            report.Add($"{operations} operations: finding the plan", samples[2], "ns", 1e9);
        }
    }

    static void Once(Tensor x, Tensor y, int operations, PlanCache cache, Samples[]? samples)
    {
        long start = Stopwatch.GetTimestamp();
        Tensor result = Record(x, y, operations);
        long recorded = Stopwatch.GetTimestamp();
        RecordedGraph graph = RecordedGraph.Read([result.Node], [], Execution.Options);
        long read = Stopwatch.GetTimestamp();
        cache.Get(graph, Execution.Options);
        long found = Stopwatch.GetTimestamp();
        samples?[0].Add(Stopwatch.GetElapsedTime(start, recorded).TotalSeconds / operations);
        samples?[1].Add(Stopwatch.GetElapsedTime(recorded, read).TotalSeconds / operations);
        samples?[2].Add(Stopwatch.GetElapsedTime(read, found).TotalSeconds / operations);
    }

    // Products, sums with a broadcast number, functions and movements in turn.
    static Tensor Record(Tensor x, Tensor y, int operations)
    {
        Tensor result = x;
        for (int i = 0; i < operations; i++)
        {
            result = (i % 5) switch
            {
                0 => result * y,
                1 => result + 0.5,
                2 => result.Tanh(),
                3 => result - x,
                _ => result.T,
            };
        }

        return result;
    }
}
