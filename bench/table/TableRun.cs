using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>Measures rows one after the other, each on every thread count, and prints them as they come. A row that fails is reported and the others go on.</summary>
sealed class TableRun(Options options) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("bench").FullName;
    readonly Dictionary<int, Peers> _peers = [];

    public List<Result> Results { get; } = [];

    /// <summary>Rows that gave no figure, counted once for each thread count.</summary>
    public int Failed { get; private set; }

    /// <summary>What the figures were measured on.</summary>
    public JsonObject Machine { get; private set; } = [];

    public void Measure(IEnumerable<(string Family, IRow Row)> rows)
    {
        Machine = Bench.Machine.Describe(PeersOf(options.Threads[0]).Versions);
        Machine["quick"] = options.Quick;
        Console.WriteLine(Machine.ToJsonString());
        Console.WriteLine(Report.Head);
        using var product = new ProductProcess(options.Threads, _folder);
        var comparison = new Comparison(options, product);
        foreach ((string family, IRow row) in rows)
        {
            foreach (int threads in options.Threads)
            {
                Measure(comparison, family, row, threads);
            }
        }

        Machine["loadAtEnd"] = Bench.Machine.Load();
    }

    public void Dispose()
    {
        foreach (Peers peers in _peers.Values)
        {
            peers.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    void Measure(Comparison comparison, string family, IRow row, int threads)
    {
        if (row is SpecialRow { Least: int least } && threads < least)
        {
            return;
        }

        try
        {
            Result result = row is SpecialRow special ? special.Measure(options, threads).Summary(family, row, threads) with { Unit = special.Unit } : comparison.Measure(family, (Row)row, threads, PeersOf(threads));
            Results.Add(result);
            Console.WriteLine(Report.Line(result));
        }
        catch (Exception error)
        {
            Failed++;
            Console.WriteLine($"{row.Name} {row.Size}, {threads} threads: FAILED: {error.Message}");
        }
    }

    Peers PeersOf(int threads)
    {
        if (!_peers.TryGetValue(threads, out Peers? peers))
        {
            using PinnedThread? pinned = PinnedThread.ForOne(threads);
            _peers[threads] = peers = new Peers(threads, options.Quick, Path.GetFullPath(Path.Combine("bench", "peers", "server.py")));
        }

        return peers;
    }
}
