using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>Measures one row: chooses the fastest peers, runs product and peers in turn in short windows, and compares what they computed.</summary>
sealed class Comparison(Options options, string folder)
{
    readonly Dictionary<Row, (Tensor[] Inputs, string[] Files)> _inputs = [];
    readonly Dictionary<Row, (string Hash, double Error, double PeerError)> _checked = [];

    public Result Measure(string family, Row row, int threads, Peers peers)
    {
        (Tensor[] inputs, string[] files) = InputsOf(row);
        using CompetingLoad? load = row.IsCrowded ? new() : null;
        using PinnedThread? pinned = PinnedThread.ForOne(threads);
        IReadOnlyList<Peers.Way> ways = peers.Open(row, files);
        try
        {
            Peers.Way main = ways.Where(way => way.IsOut == row.AgainstOut).MinBy(way => way.Once) ?? throw new InvalidOperationException($"{row.Peer} offers no way of the kind the target is against.");
            Peers.Way? beside = ways.Where(way => way.IsOut != row.AgainstOut).MinBy(way => way.Once);
            var product = new Product(row.Product(inputs), threads);
            int times = options.Times(product.WarmUp(options.WarmUp));
            var rounds = new Rounds(main.Name) { BesideName = beside?.Name };

            // Beside others a window must hold several of the system's time slices.
            int longer = row.IsCrowded ? 5 : 1;
            for (int i = 0; i < options.RoundsOf(main.Once); i++)
            {
                rounds.Add(product.Window(longer * times), main.Window(longer * options.Times(main.Once)), beside?.Window(longer * options.Times(beside.Once)));
            }

            (double error, double peerError) = Check(row, inputs, threads, main);
            return rounds.Summary(family, row, threads) with { Tried = ways.ToDictionary(way => way.Name, way => way.Once), Error = error, PeerError = peerError, Bound = row.Bound };
        }
        finally
        {
            peers.Close();
        }
    }

    /// <summary>Forgets the inputs of a row that is done.</summary>
    public void Drop(IRow row)
    {
        if (row is Row known && _inputs.Remove(known, out (Tensor[] Inputs, string[] Files) held))
        {
            Array.ForEach(held.Files, File.Delete);
        }
    }

    (Tensor[] Inputs, string[] Files) InputsOf(Row row)
    {
        if (!_inputs.TryGetValue(row, out (Tensor[] Inputs, string[] Files) held))
        {
            Tensor[] inputs = [.. row.Inputs.Select((input, index) => input.Draw(RandomKey.FromSeed(index + 1)))];
            Tensor.Eval(inputs);
            _inputs[row] = held = (inputs, Save("input", inputs));
        }

        return held;
    }

    // Against float64 for the first thread count; after that the bits must be those of the first.
    (double Error, double PeerError) Check(Row row, Tensor[] inputs, int threads, Peers.Way peer)
    {
        var product = new Product(row.Product(inputs), threads);
        for (int i = 1; i < row.Calls; i++)
        {
            product.Results();
        }

        Tensor[] results = product.Results();
        string hash = string.Concat(results.Select(result => Convert.ToHexString(SHA256.HashData(result.ToBytes()))));
        if (_checked.TryGetValue(row, out (string Hash, double Error, double PeerError) first))
        {
            return hash == first.Hash ? (first.Error, first.PeerError) : throw new InvalidOperationException("the product's bits depend on the number of threads.");
        }

        string[] files = Save("result", results);
        JsonObject answer = peer.Process.Ask(new { @do = "check", way = peer.Key, results = files, calls = row.Calls });
        Array.ForEach(files, File.Delete);
        _checked[row] = (hash, answer["error"]!.GetValue<double>(), answer["peerError"]!.GetValue<double>());
        return (_checked[row].Error, _checked[row].PeerError);
    }

    string[] Save(string name, Tensor[] tensors)
    {
        string[] files = [.. tensors.Select((_, index) => Path.Combine(folder, $"{name}{index}.npy"))];
        for (int i = 0; i < files.Length; i++)
        {
            NpyFile.Save(files[i], tensors[i]);
        }

        return files;
    }
}
