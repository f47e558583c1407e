using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>A process that does one side's work on demand: one JSON object for a request, one line for its answer.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process _process;
    readonly string _name;

    /// <summary>Starts the process and waits for its first line.</summary>
    /// <param name="start">The process; its standard input and output are this object's.</param>
    /// <param name="name">For errors.</param>
    public ServerProcess(ProcessStartInfo start, string name)
    {
        _name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        Greeting = Answer();
    }

    public int Id => _process.Id;

    /// <summary>What it said when it was ready.</summary>
    public JsonObject Greeting { get; }

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public JsonObject Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        JsonObject answer = Answer();
        return answer["failed"] is JsonNode failed ? throw new InvalidOperationException($"{_name}: {failed}") : answer;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    JsonObject Answer()
    {
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{_name}: ended. Its message stands above.");
        return JsonNode.Parse(line)!.AsObject();
    }
}
