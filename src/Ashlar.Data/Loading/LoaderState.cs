namespace Ashlar.Data.Loading;

/// <summary>Where a <see cref="DataLoader{TBatch}"/> stands: a run stored with it goes on with the very next batch.</summary>
/// <param name="Epoch">Number of the epoch, from 0.</param>
/// <param name="NextBatch">Number of the next batch in that epoch, from 0. After the last batch comes batch 0 of the next epoch.</param>
public readonly record struct LoaderState(int Epoch, int NextBatch);
