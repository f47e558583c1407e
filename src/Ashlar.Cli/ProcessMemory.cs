using System.Diagnostics;

namespace Ashlar.Cli;

/// <summary>Memory of this process.</summary>
static class ProcessMemory
{
    /// <summary>The largest working set so far, in bytes.</summary>
    public static long PeakBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }
}
