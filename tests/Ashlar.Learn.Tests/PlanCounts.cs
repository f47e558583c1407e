namespace Ashlar.Learn.Tests;

/// <summary>Tests that read the process's counters run alone.</summary>
[CollectionDefinition(nameof(PlanCounts), DisableParallelization = true)]
public sealed class PlanCounts;
