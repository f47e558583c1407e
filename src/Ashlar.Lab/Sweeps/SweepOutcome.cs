namespace Ashlar.Lab.Sweeps;

/// <summary>What came out of a trial.</summary>
/// <param name="Run">Id of its run.</param>
/// <param name="State">Whether the run finished or failed.</param>
/// <param name="Value">The metric; NaN when the run failed, which counts as worse than any number.</param>
public sealed record SweepOutcome(string Run, RunState State, double Value);
