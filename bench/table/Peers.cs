using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>The peer processes of one thread count, one for each setting, all holding the same row.</summary>
sealed class Peers : IDisposable
{
    readonly PeerProcess[] _processes;

    public Peers(int threads, bool quick, string server) => _processes = [.. PeerSetting.For(threads, quick).Select(setting => new PeerProcess(setting, server))];

    public JsonObject Versions => _processes[^1].Versions;

    /// <summary>Gives every process the row; returns each way to do it with the seconds of one warm call.</summary>
    public IReadOnlyList<Way> Open(Row row, IEnumerable<string> inputs)
    {
        object request = new { @do = "open", peer = row.Peer, inputs, arguments = row.Arguments };
        return [.. _processes.SelectMany(process => process.Ask(request)["ways"]!.AsObject().Select(way => new Way(process, way.Key, way.Value!.GetValue<double>())))];
    }

    public void Close()
    {
        foreach (PeerProcess process in _processes)
        {
            process.Ask(new { @do = "close" });
        }
    }

    public void Dispose() => Array.ForEach(_processes, process => process.Dispose());

    /// <summary>One library doing the row in one way under one setting.</summary>
    /// <param name="Process">Where.</param>
    /// <param name="Key">"new NAME" or "out NAME".</param>
    /// <param name="Once">Seconds of one warm call, the median of a few.</param>
    public sealed record Way(PeerProcess Process, string Key, double Once)
    {
        public bool IsOut => Key.StartsWith("out ", StringComparison.Ordinal);

        public string Name => $"{Key[4..]}{(IsOut ? " out=" : "")} ({Process.Setting.Name})";

        public double Window(int times) => Process.Ask(new { @do = "time", way = Key, times })["seconds"]!.GetValue<double>();
    }
}
