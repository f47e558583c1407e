using System.Diagnostics;

namespace Ashlar.Bench;

/// <summary>One process for each core that does nothing but spin, until disposed.</summary>
sealed class CompetingLoad : IDisposable
{
    readonly Process[] _spinners = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Process.Start("/bin/sh", ["-c", "while :; do :; done"]))];

    public void Dispose()
    {
        foreach (Process spinner in _spinners)
        {
            spinner.Kill();
            spinner.WaitForExit();
            spinner.Dispose();
        }
    }
}
