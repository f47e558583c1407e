namespace Ashlar.Lab.Reproduction;

/// <summary>How a run is repeated.</summary>
public sealed record ReproductionOptions
{
    /// <summary>How much.</summary>
    public ReproductionLevel Level { get; init; } = ReproductionLevel.Everything;

    /// <summary>Where files of data are, by their names in the run; for those that are not where they were. A folder holds them under their old file names.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a file of data that is nowhere may be had from the address that the run recorded.</summary>
    public bool Fetch { get; init; }

    /// <summary>Share of the intervals that <see cref="ReproductionLevel.Intervals"/> trains again, above 0 to 1; at least one is.</summary>
    public double Share { get; init; } = 0.01;

    /// <summary>Decides which intervals; null draws them from the operating system.</summary>
    public int? Seed { get; init; }

    /// <summary>The folder in which everything is made; must be empty or absent. Null takes a temporary one, which goes away again when all was equal.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Is told what is being done, a sentence at a time; null for nobody.</summary>
    public Action<string>? Progress { get; init; }
}
