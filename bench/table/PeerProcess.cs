using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>A Python process that does the peers' work (bench/peers/server.py) under one setting. It and what it starts are stopped by signal whenever they have nothing to do, so that idle threads cannot spin beside the product.</summary>
sealed partial class PeerProcess : IDisposable
{
    const int Continue = 18;
    const int Stop = 19;
    const int End = 9;

    readonly ServerProcess _server;

    public PeerProcess(PeerSetting setting, string server)
    {
        Setting = setting;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("BENCH_PYTHON") ?? "python3", ["-u", server]);
        foreach ((string name, string value) in setting.Variables)
        {
            start.Environment[name] = value;
        }

        _server = new(start, $"peer ({setting.Name})");
        Signal(Stop);
    }

    public PeerSetting Setting { get; }

    /// <summary>Versions of what the process loaded.</summary>
    public JsonObject Versions => _server.Greeting;

    /// <inheritdoc cref="ServerProcess.Ask"/>
    public JsonObject Ask(object request)
    {
        Signal(Continue);
        try
        {
            return _server.Ask(request);
        }
        finally
        {
            Signal(Stop);
        }
    }

    public void Dispose()
    {
        Signal(End);
        Signal(Continue);
        _server.Dispose();
    }

    // To its whole group, which the process leads.
    void Signal(int signal) => _ = Kill(-_server.Id, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
