namespace Ashlar.Schedule;

/// <summary>How plans are carried out. Only <see cref="Fast"/> changes a result's bits.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Who carries out plans; <see cref="Executor.Compiled"/> by default.</summary>
    public Executor Executor { get; init; } = Executor.Compiled;

    /// <summary>Threads that share the work, ≥ 1; the processor count by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether neighbouring operations share a kernel.</summary>
    public bool Fusion { get; init; } = true;

    /// <summary>What every result is searched for, operation by operation, before a plan runs: for debugging, many times slower. Nothing by default.</summary>
    public NumericsChecks Checks { get; init; }

    /// <summary>Whether quicker algorithms with other roundings may be taken. Their bits do not depend on threads, but the numerics law does not fix them. False by default.</summary>
    public bool Fast { get; init; }
}
