using System.Text.Json.Serialization;

namespace Ashlar.Bench;

/// <summary>One measured line of the table. Times in seconds, ratios peer / product.</summary>
sealed record Result
{
    public required string Family { get; init; }

    public required string Name { get; init; }

    public required string Size { get; init; }

    public required int Threads { get; init; }

    public string Unit { get; init; } = "s";

    /// <summary>Median of the product's windows.</summary>
    public required double Product { get; init; }

    /// <summary>Median of the windows of the peer that the target is against.</summary>
    public required double Peer { get; init; }

    public required string PeerName { get; init; }

    /// <summary>Median of the ratios of neighbouring windows.</summary>
    public required double Ratio { get; init; }

    /// <summary>Their lower quartile.</summary>
    public required double Low { get; init; }

    /// <summary>Their upper quartile.</summary>
    public required double High { get; init; }

    public required double Target { get; init; }

    /// <summary>met, short, or wrong: the product's result misses the bound.</summary>
    public string Verdict => Error > Bound ? "wrong" : Ratio >= Target ? "met" : "short";

    /// <summary>The fastest peer of the other kind: writing into given memory where the target is against new results, and the other way round.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Other? Beside { get; init; }

    /// <summary>The program as built, where the product's figures are those of the published one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Built? AsBuilt { get; init; }

    /// <summary>The ratios of all runs, where this row stands for several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Ratios { get; init; }

    /// <summary>One warm call of every peer under every setting, in seconds: what the choice was made by.</summary>
    public IReadOnlyDictionary<string, double> Tried { get; init; } = new Dictionary<string, double>();

    /// <summary>The product's largest error against float64.</summary>
    public double Error { get; init; }

    public double PeerError { get; init; }

    public double Bound { get; init; }

    /// <summary>A second peer measured in the same rounds.</summary>
    public sealed record Other(string PeerName, double Peer, double Ratio);

    /// <summary>What the program as built gave, and its ratio.</summary>
    public sealed record Built(double Product, double Ratio);
}
