using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Ashlar.Data.Loading;

/// <summary>The same items in the same order, made ahead by one thread that lives as long as an enumeration.</summary>
/// <remarks>An exception of the source reaches the consumer at its place in the order. Disposing the enumerator waits for the thread's end.</remarks>
sealed class PrefetchingSequence<T>(IEnumerable<T> items, int ahead, CancellationToken cancellation) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var made = new BlockingCollection<T>(ahead);
        ExceptionDispatchInfo? failure = null;
        var producer = new Thread(() =>
        {
            try
            {
                foreach (T item in items)
                {
                    made.Add(item, stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The consumer left or was cancelled; it sees that on its own side.
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                made.CompleteAdding();
            }
        })
        { IsBackground = true, Name = "Ashlar prefetch" };
        producer.Start();
        try
        {
            // The loop ends only after CompleteAdding, so that the failure, if any, is visible behind it.
            foreach (T item in made.GetConsumingEnumerable(cancellation))
            {
                yield return item;
            }

            failure?.Throw();
        }
        finally
        {
            stop.Cancel();
            producer.Join();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
