using System.Text.Json;

namespace Ashlar.Lab.Sweeps;

/// <summary>What a sweep is: everything its trials depend on, but for the program. The number of workers is not among it.</summary>
public sealed record SweepSpec
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The script or project, as <c>ashlar run</c> takes it; relative to the sweep's file.</summary>
    public required string Program { get; init; }

    /// <summary>The metric that is compared; the program logs it.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether the greatest is best. Default: the least.</summary>
    public bool Maximize { get; init; }

    /// <summary>Whether a trial counts by the best point of its metric, in place of the last.</summary>
    public bool TakesBest { get; init; }

    /// <summary>How trials are chosen.</summary>
    public SweepMethod Method { get; init; } = SweepMethod.Random;

    /// <summary>How many trials; with halving, how many begin. With a grid at most so many, and all when null.</summary>
    public int? Trials { get; init; }

    /// <summary>Equal seeds give equal trials.</summary>
    public long Seed { get; init; }

    /// <summary>With TPE: how many trials are chosen at a time, from the results of all before them. So many workers have work.</summary>
    public int Batch { get; init; } = 4;

    /// <summary>With TPE: how many trials are drawn at random first.</summary>
    public int Startup { get; init; } = 12;

    /// <summary>What is tried.</summary>
    public required IReadOnlyList<SweepParameter> Parameters { get; init; }

    /// <summary>Settings that every trial gets, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Fixed { get; init; } = [];

    /// <summary>With halving: the rungs.</summary>
    public SweepBudget? Budget { get; init; }

    /// <summary>The experiment of the runs.</summary>
    public string Experiment { get; init; } = "default";
}
