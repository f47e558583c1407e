namespace Ashlar.Data.Loading;

/// <summary>How a <see cref="DataLoader{TBatch}"/> cuts examples into batches.</summary>
public sealed record DataLoaderOptions
{
    /// <summary>Examples of a batch, 1 or more; the last one of an epoch may have fewer.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether each epoch has an order of its own; else the examples come by number.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>With the number of the epoch it decides the order, on every machine and for every other setting.</summary>
    public long Seed { get; init; }

    /// <summary>Whether a last batch with fewer examples is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>Batches that a thread makes ahead, 0 or more; 0 makes each when it is asked for. Changes no batch and no order.</summary>
    public int Prefetch { get; init; } = 2;
}
