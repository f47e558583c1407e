using System.Collections;

namespace Ashlar.Data.Loading;

/// <summary>Deals the examples of a source in batches: enumerating it gives the batches from <see cref="State"/> to the end of that epoch.</summary>
/// <remarks>
/// Which examples a batch holds is a function of the seed, the epoch and the batch's number alone. One enumeration at a time; leaving it early
/// (break, exception) stops the prefetching thread, and the next one goes on behind the last batch that was handed out.
/// </remarks>
/// <typeparam name="TBatch">What a training step takes.</typeparam>
public sealed class DataLoader<TBatch> : IEnumerable<TBatch>
{
    readonly IBatchSource<TBatch> _source;
    LoaderState _state;
    bool _enumerating;

    /// <param name="source">Makes the batches.</param>
    /// <param name="options">How to cut; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the source has not one batch to give.</exception>
    public DataLoader(IBatchSource<TBatch> source, DataLoaderOptions? options = null)
    {
        _source = source;
        Options = options ?? new DataLoaderOptions();
        if (Options.BatchSize < 1 || Options.Prefetch < 0)
        {
            throw new ArgumentException($"DataLoader: the batch size is {Options.BatchSize} and prefetch {Options.Prefetch}. Take a batch size of 1 or more and a prefetch of 0 or more.");
        }

        int size = Options.BatchSize;
        BatchCount = Options.DropLast ? source.Count / size : (int)(((long)source.Count + size - 1) / size);
        if (BatchCount == 0)
        {
            throw new ArgumentException($"DataLoader: {source.Count} examples make no batch of {size}{(Options.DropLast ? " with the last one dropped" : "")}. Add examples{(Options.DropLast ? " or take a smaller batch" : "")}.");
        }
    }

    /// <summary>How the examples are cut.</summary>
    public DataLoaderOptions Options { get; }

    /// <summary>Examples of the source, 1 or more.</summary>
    public int ExampleCount => _source.Count;

    /// <summary>Batches of an epoch, 1 or more.</summary>
    public int BatchCount { get; }

    /// <summary>The next batch to be handed out; set it to resume.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative, or has no batch of the number.</exception>
    /// <exception cref="InvalidOperationException">Set while an enumeration is under way.</exception>
    public LoaderState State
    {
        get => _state;
        set
        {
            ThrowIfEnumerating();
            if (value.Epoch < 0 || value.NextBatch < 0 || value.NextBatch >= BatchCount)
            {
                throw new ArgumentOutOfRangeException(nameof(value), $"DataLoader: the state is epoch {value.Epoch}, batch {value.NextBatch}. Epochs count from 0, batches from 0 to {BatchCount - 1}.");
            }

            _state = value;
        }
    }

    /// <summary>The rest of the current epoch, at least one batch.</summary>
    /// <exception cref="InvalidOperationException">Another enumeration is under way.</exception>
    public IEnumerator<TBatch> GetEnumerator() => Remaining(CancellationToken.None).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The rest of the current epoch, at least one batch, until it is cancelled.</summary>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/> at the next batch.</param>
    /// <exception cref="InvalidOperationException">Another enumeration is under way.</exception>
    public IEnumerable<TBatch> Remaining(CancellationToken cancellation)
    {
        ThrowIfEnumerating();
        _enumerating = true;
        try
        {
            using IEnumerator<TBatch> batches = Prefetched(_state, cancellation).GetEnumerator();
            while (batches.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                _state = _state.NextBatch + 1 < BatchCount ? _state with { NextBatch = _state.NextBatch + 1 } : new LoaderState(_state.Epoch + 1, 0);
                yield return batches.Current;
            }
        }
        finally
        {
            _enumerating = false;
        }
    }

    IEnumerable<TBatch> Prefetched(LoaderState from, CancellationToken cancellation) =>
        Options.Prefetch == 0 ? Make(from) : new PrefetchingSequence<TBatch>(Make(from), Options.Prefetch, cancellation);

    IEnumerable<TBatch> Make(LoaderState from)
    {
        int[] order = Options.Shuffle ? EpochOrder.Shuffled(Options.Seed, from.Epoch, _source.Count) : EpochOrder.ByNumber(_source.Count);
        for (int batch = from.NextBatch; batch < BatchCount; batch++)
        {
            int begin = batch * Options.BatchSize;
            yield return _source.Take(order.AsSpan(begin, Math.Min(Options.BatchSize, order.Length - begin)));
        }
    }

    void ThrowIfEnumerating()
    {
        if (_enumerating)
        {
            throw new InvalidOperationException($"DataLoader: an enumeration of epoch {_state.Epoch} is under way. Finish or leave it first, or make a second loader.");
        }
    }
}
