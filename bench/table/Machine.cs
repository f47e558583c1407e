using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>What the figures were measured on.</summary>
static class Machine
{
    public static JsonObject Describe(JsonObject peers) => new()
    {
        ["cpu"] = Processor(),
        ["cores"] = Environment.ProcessorCount,
        ["vectorBits"] = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        ["os"] = RuntimeInformation.OSDescription,
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["load"] = Load(),
        ["peers"] = peers.DeepClone(),
    };

    /// <summary>Load averages over 1, 5 and 15 minutes, or a dash where the system tells none.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "-";

    static string Processor()
    {
        string Fact(string label)
        {
            string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) : null;
            return line is null ? "-" : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
        }

        return $"{Fact("model name")} (family {Fact("cpu family")})";
    }
}
