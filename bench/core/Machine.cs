using System.Runtime.InteropServices;

namespace Ashlar.Bench.Core;

/// <summary>What the figures were measured on.</summary>
static class Machine
{
    /// <summary>Processor, runtime and load, on one line.</summary>
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; {RuntimeInformation.OSDescription}; load {Load()}";

    /// <summary>Load averages over 1, 5 and 15 minutes, or a dash where the system tells none.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "-";

    static string Processor()
    {
        const string Label = "model name";
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }
}
