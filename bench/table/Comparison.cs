using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>Measures one row: chooses the fastest peers, runs product and peers in turn in short windows, and compares what they computed.</summary>
sealed class Comparison(Options options, ProductProcess product)
{
    readonly Dictionary<Row, (string Hash, double Error, double PeerError)> _checked = [];

    public Result Measure(string family, Row row, int threads, Peers peers)
    {
        using CompetingLoad? load = row.IsCrowded ? new() : null;
        try
        {
            IReadOnlyList<Peers.Way> ways = peers.Open(row, product.Open(row, threads));
            Peers.Way main = ways.Where(way => way.IsOut == row.AgainstOut).MinBy(way => way.Once) ?? throw new InvalidOperationException($"{row.Peer} offers no way of the kind the target is against.");
            Peers.Way? beside = ways.Where(way => way.IsOut != row.AgainstOut).MinBy(way => way.Once);
            int times = options.Times(product.WarmUp(options.WarmUp));
            var rounds = new Rounds(main.Name) { BesideName = beside?.Name };

            // Beside others a window must hold several of the system's time slices.
            int longer = row.IsCrowded ? 5 : 1;
            for (int i = 0; i < options.RoundsOf(main.Once); i++)
            {
                rounds.Add(product.Window(longer * times), main.Window(longer * options.Times(main.Once)), beside?.Window(longer * options.Times(beside.Once)));
            }

            (double error, double peerError) = Check(row, main);
            return rounds.Summary(family, row, threads) with { Tried = ways.ToDictionary(way => way.Name, way => way.Once), Error = error, PeerError = peerError, Bound = row.Bound };
        }
        finally
        {
            // First what is pinned: a peer that fails must not leave the next row on one core.
            product.Close();
            peers.Close();
        }
    }

    // Against float64 for the first thread count; after that the bits must be those of the first.
    (double Error, double PeerError) Check(Row row, Peers.Way peer)
    {
        (string hash, string[] files) = product.Results(row.Calls);
        try
        {
            if (_checked.TryGetValue(row, out (string Hash, double Error, double PeerError) first))
            {
                return hash == first.Hash ? (first.Error, first.PeerError) : throw new InvalidOperationException("the product's bits depend on the number of threads.");
            }

            JsonObject answer = peer.Process.Ask(new { @do = "check", way = peer.Key, results = files, calls = row.Calls });
            _checked[row] = (hash, answer["error"]!.GetValue<double>(), answer["peerError"]!.GetValue<double>());
            return (_checked[row].Error, _checked[row].PeerError);
        }
        finally
        {
            Array.ForEach(files, File.Delete);
        }
    }
}
