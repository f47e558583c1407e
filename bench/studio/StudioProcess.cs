using System.Diagnostics;
using System.Globalization;

namespace Ashlar.Bench.Studio;

/// <summary>The studio as its users start it, a process of its own over a folder.</summary>
sealed class StudioProcess : IDisposable
{
    readonly Process _process;

    public StudioProcess(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ashlar.Cli.dll"), "studio", "--port", "0", "--folder", folder]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the studio did not start");
        Client = new HttpClient { BaseAddress = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    /// <summary>Seconds of processor time that it took until now, of all its threads.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory that it holds now, in MB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public async Task<int> Get(string path) => (await Client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;

    public void Dispose()
    {
        Client.Dispose();
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }
}
