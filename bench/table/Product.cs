using System.Diagnostics;
using Ashlar.Schedule;

namespace Ashlar.Bench;

/// <summary>The product's side of one row: records, evaluates and drops its results, as a user's loop does; nothing is disposed and no plan is held.</summary>
sealed class Product(Func<Tensor[]> step, int threads)
{
    readonly ExecutionOptions _execution = new() { Threads = threads };

    /// <summary>Runs for a while and returns the seconds of the fastest call.</summary>
    public double WarmUp(TimeSpan time)
    {
        double best = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 3 || Stopwatch.GetElapsedTime(start) < time; i++)
        {
            best = Math.Min(best, Window(1));
        }

        return best;
    }

    /// <summary>Seconds of one call, the mean of some.</summary>
    public double Window(int times)
    {
        using IDisposable scope = Execution.Use(_execution);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            Tensor.Eval(step());
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }

    /// <summary>The results of one more call.</summary>
    public Tensor[] Results()
    {
        using IDisposable scope = Execution.Use(_execution);
        Tensor[] results = step();
        Tensor.Eval(results);
        return results;
    }
}
