using System.Diagnostics;

namespace Ashlar.Bench.Core;

/// <summary>Durations of one thing done many times.</summary>
sealed class Samples
{
    readonly List<double> _seconds = [];

    public int Count => _seconds.Count;

    public double Median => Quantile(0.5);

    public double P90 => Quantile(0.9);

    public double Max => _seconds.Max();

    /// <summary>The mean shows what the median hides: collections of garbage.</summary>
    public double Mean => _seconds.Average();

    public void Add(double seconds) => _seconds.Add(seconds);

    /// <summary>Runs and takes the time.</summary>
    public void Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    double Quantile(double share)
    {
        double[] sorted = [.. _seconds.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(share * sorted.Length))];
    }
}
