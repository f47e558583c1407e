using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ashlar.Cli.Programs;

/// <summary>Sends signals to other processes, which .NET cannot: by the system's own <c>kill</c>.</summary>
static class ProcessSignal
{
    /// <summary>Sends it; without effect where there are no signals, or no such process any more.</summary>
    public static void Send(Process process, PosixSignal signal)
    {
        string name = signal switch { PosixSignal.SIGINT => "-INT", PosixSignal.SIGHUP => "-HUP", _ => "-TERM" };
        if (OperatingSystem.IsWindows() || process.HasExited)
        {
            return;
        }

        using Process? kill = Process.Start(new ProcessStartInfo("kill", [name, process.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true });
        kill?.WaitForExit();
    }
}
