namespace Ashlar.Data.Loading;

/// <summary>Examples by number, made into batches.</summary>
/// <typeparam name="TBatch">What a training step takes.</typeparam>
public interface IBatchSource<out TBatch>
{
    /// <summary>Number of examples; must not change.</summary>
    int Count { get; }

    /// <summary>Makes the batch of the given examples, in the given order. A function of the numbers alone.</summary>
    /// <remarks>With prefetching it is called on another thread, by one thread at a time.</remarks>
    /// <param name="indices">Numbers of examples, 0 to <see cref="Count"/> - 1.</param>
    TBatch Take(ReadOnlySpan<int> indices);
}
