using System.Diagnostics;
using System.Globalization;

namespace Ashlar.Lab;

/// <summary>What the process and the machine use, measured between two calls.</summary>
sealed class SystemSample
{
    readonly Process _process = Process.GetCurrentProcess();
    readonly TimeProvider _time = TimeProvider.System;
    long _timestamp;
    TimeSpan _used;
    (double Busy, double All) _machine;

    public SystemSample() => (_timestamp, _used, _machine) = (_time.GetTimestamp(), _process.TotalProcessorTime, Machine());

    /// <summary>Names with values since the last call: processors that the process kept busy; bytes that it has in memory and on the managed heap; threads; where the system tells, the busy share of the machine's processors and the bytes that it has left.</summary>
    public IEnumerable<(string Name, double Value)> Take()
    {
        _process.Refresh();
        long now = _time.GetTimestamp();
        TimeSpan used = _process.TotalProcessorTime;
        double seconds = _time.GetElapsedTime(_timestamp, now).TotalSeconds;
        (double Busy, double All) machine = Machine();
        if (seconds > 0)
        {
            yield return ("system/cpu", (used - _used).TotalSeconds / seconds);
        }

        yield return ("system/memory", _process.WorkingSet64);
        yield return ("system/heap", GC.GetTotalMemory(forceFullCollection: false));
        yield return ("system/threads", _process.Threads.Count);
        if (machine.All > _machine.All)
        {
            yield return ("system/machine_cpu", (machine.Busy - _machine.Busy) / (machine.All - _machine.All));
        }

        if (Available() is { } available)
        {
            yield return ("system/machine_memory_left", available);
        }

        (_timestamp, _used, _machine) = (now, used, machine);
    }

    // The first line of /proc/stat: cpu user nice system idle iowait irq softirq steal.
    static (double Busy, double All) Machine()
    {
        if (!OperatingSystem.IsLinux() || Lines("/proc/stat").FirstOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 5 } words)
        {
            return default;
        }

        double[] ticks = [.. words.Skip(1).Take(8).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    static double? Available() =>
        OperatingSystem.IsLinux() && Lines("/proc/meminfo").FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
            ? double.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024
            : null;

    static IEnumerable<string> Lines(string path)
    {
        try
        {
            return File.ReadLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
