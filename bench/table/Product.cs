using System.Diagnostics;
using System.Runtime;
using Ashlar.Schedule;

namespace Ashlar.Bench;

/// <summary>The product's side of one row: records, evaluates and drops its results, as a user's loop does; nothing is disposed and no plan is held.</summary>
sealed class Product(Func<Tensor[]> step, int threads)
{
    readonly ExecutionOptions _execution = new() { Threads = threads };

    /// <summary>Runs until it gets no faster and nothing is compiled any more: the runtime compiles hot methods again in the background, a tenth of a second after it last compiled anything,
    /// and where every core computes, what is measured meanwhile takes up to twice as long.</summary>
    /// <param name="least">Time to run at least; four times that is the most.</param>
    /// <returns>Seconds of the fastest call, or of the fastest few where a call is short.</returns>
    public double WarmUp(TimeSpan least)
    {
        long start = Stopwatch.GetTimestamp();
        double best = Math.Min(Mean(1), Mean(1));
        double before = double.MaxValue;
        while (true)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            for (long part = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(part) < least / 2;)
            {
                best = Math.Min(best, Mean((int)Math.Clamp(2e-2 / best, 1, 100_000)));
            }

            TimeSpan spent = Stopwatch.GetElapsedTime(start);
            if ((spent >= least && best > 0.97 * before && JitInfo.GetCompiledMethodCount() == compiled) || spent >= 4 * least)
            {
                return best;
            }

            before = best;
        }
    }

    /// <summary>Seconds of one call, the mean of some after a quarter as many that do not count, as a peer's windows begin: who works after a pause finds its memory in no cache, and one that takes new memory for each result has more of it.</summary>
    public double Window(int times)
    {
        Mean(Math.Max(1, times / 4));
        return Mean(times);
    }

    /// <summary>The results of one more call.</summary>
    public Tensor[] Results()
    {
        using IDisposable scope = Execution.Use(_execution);
        Tensor[] results = step();
        Tensor.Eval(results);
        return results;
    }

    double Mean(int times)
    {
        using IDisposable scope = Execution.Use(_execution);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            Tensor.Eval(step());
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }
}
