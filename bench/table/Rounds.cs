namespace Ashlar.Bench;

/// <summary>What one row gave, round by round: product and peer measured one after the other.</summary>
/// <param name="peerName">Who the target is against.</param>
sealed class Rounds(string peerName)
{
    readonly List<(double Product, double Peer, double? Beside)> _rounds = [];
    readonly List<(double Built, double Peer)> _built = [];

    /// <summary>Name of a second peer, where there is one.</summary>
    public string? BesideName { get; init; }

    /// <summary>Adds a round.</summary>
    /// <param name="product">Seconds, or the row's unit.</param>
    /// <param name="peer">The same of the peer.</param>
    /// <param name="beside">The same of the second peer.</param>
    public void Add(double product, double peer, double? beside = null) => _rounds.Add((product, peer, beside));

    /// <summary>Adds what the program as built gave, where the product's figures are those of the published one.</summary>
    /// <param name="built">Seconds, or the row's unit.</param>
    /// <param name="peer">The same of the peer.</param>
    public void AddBuilt(double built, double peer) => _built.Add((built, peer));

    /// <summary>Medians and quartiles.</summary>
    public Result Summary(string family, IRow row, int threads)
    {
        double[] ratios = [.. _rounds.Select(round => round.Peer / round.Product)];
        return new()
        {
            Family = family,
            Name = row.Name,
            Size = row.Size,
            Threads = threads,
            Product = Sample.Median(_rounds.Select(round => round.Product)),
            Peer = Sample.Median(_rounds.Select(round => round.Peer)),
            PeerName = peerName,
            Ratio = Sample.Median(ratios),
            Low = Sample.Quantile(ratios, 0.25),
            High = Sample.Quantile(ratios, 0.75),
            Target = row.Target.For(threads),
            Beside = BesideName is null ? null : new(BesideName, Sample.Median(_rounds.Select(round => round.Beside!.Value)), Sample.Median(_rounds.Select(round => round.Beside!.Value / round.Product))),
            AsBuilt = _built.Count == 0 ? null : new(Sample.Median(_built.Select(round => round.Built)), Sample.Median(_built.Select(round => round.Peer / round.Built))),
        };
    }
}
