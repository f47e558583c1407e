namespace Ashlar.Lab.Reproduction;

/// <summary>How much of a run is repeated. Each level takes in what the ones below find out, except that <see cref="Everything"/> needs neither a second evaluation nor single intervals.</summary>
public enum ReproductionLevel
{
    /// <summary>All recorded hashes are computed again: sources, artifacts, chain, weights, data.</summary>
    Integrity = 0,

    /// <summary>The recorded sources build against the recorded lock files in an empty folder.</summary>
    Build = 1,

    /// <summary>The stored weights are measured again.</summary>
    Weights = 2,

    /// <summary>Some intervals between stored checkpoints are trained again.</summary>
    Intervals = 3,

    /// <summary>The whole run.</summary>
    Everything = 4,
}
