using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ashlar.Schedule;

namespace Ashlar.Lab;

/// <summary>Looks at the machine and the process.</summary>
public static class HostCapture
{
    /// <summary>Where this process runs, now.</summary>
    public static HostRecord Take() => new(
        Environment.MachineName,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        RuntimeInformation.FrameworkDescription,
        typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        Numerics.Version,
        Environment.ProcessorCount,
        Execution.Options.Threads,
        Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : Vector128.IsHardwareAccelerated ? "128" : "none",
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        CultureInfo.CurrentCulture.Name);
}
