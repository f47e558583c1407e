using System.Diagnostics;

namespace Ashlar.Lab;

/// <summary>Names a process beyond its life: a number alone is given to others afterwards.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="Pid">Number of the process there.</param>
/// <param name="Started">When it began.</param>
public sealed record ProcessRecord(string Host, int Pid, DateTimeOffset Started)
{
    // The system reckons the start of a process from that of the machine, which it knows to some tens of milliseconds.
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static ProcessRecord Current { get; } = Of(Process.GetCurrentProcess());

    /// <summary>Whether it is known to be gone. One of another machine never is.</summary>
    public bool IsGone()
    {
        if (Host != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using Process process = Process.GetProcessById(Pid);
            return process.HasExited || (new DateTimeOffset(process.StartTime) - Started).Duration() > Tolerance;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            // It ended while we looked, or belongs to somebody else; then it is not one of ours.
            return e is InvalidOperationException;
        }
    }

    static ProcessRecord Of(Process process)
    {
        using (process)
        {
            return new ProcessRecord(Environment.MachineName, process.Id, process.StartTime);
        }
    }
}
