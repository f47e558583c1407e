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
        IReadOnlyList<Peers.Way> ways = peers.Open(row, files);
        try
        {
            Peers.Way main = ways.Where(way => way.IsOut == row.AgainstOut).MinBy(way => way.Once) ?? throw new InvalidOperationException($"{row.Peer} offers no way of the kind the target is against.");
            Peers.Way? beside = ways.Where(way => way.IsOut != row.AgainstOut).MinBy(way => way.Once);
            var product = new Product(row.Product(inputs), threads);
            int times = Times(product.WarmUp(options.WarmUp));
            var rounds = new List<(double Product, double Main, double Beside)>();
            for (int i = 0; i < options.Rounds; i++)
            {
                rounds.Add((product.Window(times), main.Window(Times(main.Once)), beside?.Window(Times(beside.Once)) ?? 0));
            }

            (double error, double peerError) = Check(row, inputs, threads, main);
            double[] ratios = [.. rounds.Select(round => round.Main / round.Product)];
            return new()
            {
                Family = family,
                Name = row.Name,
                Size = row.Size,
                Threads = threads,
                Product = Sample.Median(rounds.Select(round => round.Product)),
                Peer = Sample.Median(rounds.Select(round => round.Main)),
                PeerName = main.Name,
                Ratio = Sample.Median(ratios),
                Low = Sample.Quantile(ratios, 0.25),
                High = Sample.Quantile(ratios, 0.75),
                Target = row.Target.For(threads),
                Beside = beside is null ? null : new(beside.Name, Sample.Median(rounds.Select(round => round.Beside)), Sample.Median(rounds.Select(round => round.Beside / round.Product))),
                Tried = ways.ToDictionary(way => way.Name, way => way.Once),
                Error = error,
                PeerError = peerError,
                Bound = row.Bound,
            };
        }
        finally
        {
            peers.Close();
        }
    }

    /// <summary>Forgets the inputs of a row that is done.</summary>
    public void Drop(Row row)
    {
        if (_inputs.Remove(row, out (Tensor[] Inputs, string[] Files) held))
        {
            Array.ForEach(held.Files, File.Delete);
        }
    }

    int Times(double once) => (int)Math.Clamp(options.Window.TotalSeconds / once, 1, 1_000_000);

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
