using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>A Python process that does the peers' work on demand (bench/peers/server.py). It and what it starts are stopped by signal whenever they have nothing to do, so that idle threads cannot spin beside the product.</summary>
sealed partial class PeerProcess : IDisposable
{
    const int Continue = 18;
    const int Stop = 19;
    const int End = 9;

    readonly Process _process;

    public PeerProcess(PeerSetting setting, string server)
    {
        Setting = setting;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("BENCH_PYTHON") ?? "python3", ["-u", server]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in setting.Variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Versions = Answer();
        Pause();
    }

    public PeerSetting Setting { get; }

    /// <summary>Versions of what the process loaded.</summary>
    public JsonObject Versions { get; }

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The peer failed.</exception>
    public JsonObject Ask(object request)
    {
        _ = Kill(-_process.Id, Continue);
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        JsonObject answer = Answer();
        Pause();
        return answer["failed"] is JsonNode failed ? throw new InvalidOperationException($"peer ({Setting.Name}): {failed}") : answer;
    }

    public void Dispose()
    {
        _ = Kill(-_process.Id, End);
        _ = Kill(-_process.Id, Continue);
        _process.WaitForExit();
        _process.Dispose();
    }

    void Pause() => _ = Kill(-_process.Id, Stop);

    JsonObject Answer()
    {
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"peer ({Setting.Name}): ended. Its message stands above.");
        return JsonNode.Parse(line)!.AsObject();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
