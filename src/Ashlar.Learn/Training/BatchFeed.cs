using Ashlar.Data.Loading;

namespace Ashlar.Training;

/// <summary>The training batches of a run: those of a loader, or its first few again and again.</summary>
/// <remarks>The position moves when a step is done, not when a batch is handed out, so that a step that failed is taken again.</remarks>
sealed class BatchFeed<TBatch>
{
    readonly DataLoader<TBatch> _loader;
    LoaderState _position;

    /// <param name="loader">Gives the batches.</param>
    /// <param name="limit">Its first so many, always the same; null for all.</param>
    public BatchFeed(DataLoader<TBatch> loader, int? limit)
    {
        _loader = loader;
        if (limit is { } count)
        {
            LoaderState before = loader.State;
            loader.State = default;
            Fixed = [.. loader.Take(count)];
            loader.State = before;
        }
        else
        {
            _position = loader.State;
        }

        BatchCount = Fixed?.Length ?? loader.BatchCount;
    }

    /// <summary>The batches, if they are always the same.</summary>
    public TBatch[]? Fixed { get; }

    /// <summary>Batches of an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The next batch of the next step.</summary>
    public LoaderState Position
    {
        get => _position;
        set
        {
            if (Fixed is null)
            {
                _loader.State = value;
            }

            _position = value;
        }
    }

    /// <summary>The rest of the epoch.</summary>
    public IEnumerator<TBatch> Rest() => Fixed is null ? _loader.GetEnumerator() : Fixed.Skip(_position.NextBatch).GetEnumerator();

    /// <summary>So many batches are done.</summary>
    public void Advance(int batches)
    {
        int next = _position.NextBatch + batches;
        _position = next < BatchCount ? _position with { NextBatch = next } : new LoaderState(_position.Epoch + 1, 0);
    }

    /// <summary>After the batches were left: the loader stands where the steps do.</summary>
    public void Settle() => Position = _position;
}
