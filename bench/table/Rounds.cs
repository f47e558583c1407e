namespace Ashlar.Bench;

/// <summary>What one row gave, round by round: product and peer measured one after the other.</summary>
/// <param name="peerName">Who the target is against.</param>
sealed class Rounds(string peerName)
{
    readonly List<(double Product, double Peer, double? Beside)> _rounds = [];

    /// <summary>Name of a second peer, where there is one.</summary>
    public string? BesideName { get; init; }

    /// <summary>Adds a round.</summary>
    /// <param name="product">Seconds, or the row's unit.</param>
    /// <param name="peer">The same of the peer.</param>
    /// <param name="beside">The same of the second peer.</param>
    public void Add(double product, double peer, double? beside = null) => _rounds.Add((product, peer, beside));

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
        };
    }
}
