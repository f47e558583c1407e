using Ashlar.Data.Loading;

namespace Ashlar.Tests.Data.Loading;

public sealed class DataLoaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Prefetching_changes_no_batch_and_no_order(int prefetch)
    {
        DataLoader<int[]> loader = Loader(100, new DataLoaderOptions { BatchSize = 8, Seed = 5, Prefetch = prefetch });
        DataLoader<int[]> plain = Loader(100, new DataLoaderOptions { BatchSize = 8, Seed = 5, Prefetch = 0 });

        for (int epoch = 0; epoch < 3; epoch++)
        {
            Assert.Equal(plain.ToArray(), loader.ToArray());
        }
    }

    [Fact]
    public void An_epoch_holds_every_example_once_and_each_epoch_and_seed_has_its_own_order()
    {
        DataLoader<int[]> loader = Loader(50, new DataLoaderOptions { BatchSize = 8, Seed = 1 });
        int[][] epochs = [Epoch(loader), Epoch(loader), Epoch(Loader(50, new DataLoaderOptions { BatchSize = 8, Seed = 2 }))];

        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 50), epoch.Order()));
        Assert.Equal(3, epochs.Select(epoch => string.Join(",", epoch)).Distinct().Count());
    }

    [Fact]
    public void The_order_does_not_depend_on_the_batch_size() =>
        Assert.Equal(Epoch(Loader(50, new DataLoaderOptions { BatchSize = 8, Seed = 1 })), Epoch(Loader(50, new DataLoaderOptions { BatchSize = 3, Seed = 1 })));

    [Fact]
    public void Without_shuffling_the_examples_come_by_number() =>
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]], Loader(10, new DataLoaderOptions { BatchSize = 4, Shuffle = false }));

    [Fact]
    public void A_short_last_batch_is_dropped_when_asked()
    {
        DataLoader<int[]> loader = Loader(10, new DataLoaderOptions { BatchSize = 4, Shuffle = false, DropLast = true });
        Assert.Equal(2, loader.BatchCount);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7]], loader);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_loader_set_to_a_stored_state_goes_on_with_the_very_next_batch(int prefetch)
    {
        var options = new DataLoaderOptions { BatchSize = 8, Seed = 9, Prefetch = prefetch };
        DataLoader<int[]> whole = Loader(100, options);
        int[][] all = [.. whole, .. whole, .. whole];
        for (int stop = 1; stop < all.Length; stop++)
        {
            DataLoader<int[]> first = Loader(100, options);
            var seen = new List<int[]>();
            while (seen.Count < stop)
            {
                foreach (int[] batch in first)
                {
                    seen.Add(batch);
                    if (seen.Count == stop)
                    {
                        break;
                    }
                }
            }

            DataLoader<int[]> second = Loader(100, options);
            second.State = first.State;
            while (second.State.Epoch < 3)
            {
                seen.AddRange(second);
            }

            Assert.Equal(all, seen);
        }
    }

    [Fact]
    public void The_state_is_that_behind_the_batch_handed_out()
    {
        DataLoader<int[]> loader = Loader(10, new DataLoaderOptions { BatchSize = 4 });
        Assert.Equal(new LoaderState(0, 0), loader.State);
        Assert.Equal([new(0, 1), new(0, 2), new(1, 0)], loader.Select(_ => loader.State));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_failure_of_the_source_reaches_the_consumer_at_its_place(int prefetch)
    {
        var source = new Numbers(20) { FailAt = 9 };
        var loader = new DataLoader<int[]>(source, new DataLoaderOptions { BatchSize = 4, Shuffle = false, Prefetch = prefetch });
        var seen = new List<int>();

        var e = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (int[] batch in loader)
            {
                seen.AddRange(batch);
            }
        });

        Assert.Equal("example 9", e.Message);
        Assert.Equal(Enumerable.Range(0, 8), seen);
        Assert.Equal(new LoaderState(0, 2), loader.State);
    }

    [Fact]
    public void An_enumeration_that_is_left_stops_the_prefetching_thread()
    {
        var source = new Numbers(1_000_000);
        var loader = new DataLoader<int[]>(source, new DataLoaderOptions { BatchSize = 1, Shuffle = false, Prefetch = 4 });

        foreach (int[] batch in loader)
        {
            Assert.Equal([0], batch);
            break;
        }

        // Leaving waits for the thread's end: one batch handed out, four in the queue, one in its hands, and one that the first made room for.
        Assert.InRange(source.Taken, 1, 7);
        Assert.Equal([1], loader.First());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Cancelling_ends_the_enumeration_and_loses_no_batch(int prefetch)
    {
        DataLoader<int[]> loader = Loader(100, new DataLoaderOptions { BatchSize = 1, Shuffle = false, Prefetch = prefetch });
        using var cancel = new CancellationTokenSource();
        var seen = new List<int>();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (int[] batch in loader.Remaining(cancel.Token))
            {
                seen.AddRange(batch);
                if (seen.Count == 3)
                {
                    cancel.Cancel();
                }
            }
        });

        Assert.Equal([0, 1, 2], seen);
        Assert.Equal(new LoaderState(0, 3), loader.State);
    }

    [Fact]
    public void Two_enumerations_at_once_are_refused()
    {
        DataLoader<int[]> loader = Loader(10, new DataLoaderOptions());
        foreach (int[] _ in loader)
        {
            const string Message = "DataLoader: an enumeration of epoch 1 is under way. Finish or leave it first, or make a second loader.";
            Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => loader.First()).Message);
            Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => loader.State = default).Message);
        }

        loader.State = default;
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    public void A_state_that_no_epoch_has_is_refused(int epoch, int batch)
    {
        DataLoader<int[]> loader = Loader(10, new DataLoaderOptions { BatchSize = 4 });
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => loader.State = new LoaderState(epoch, batch));
        Assert.StartsWith($"DataLoader: the state is epoch {epoch}, batch {batch}. Epochs count from 0, batches from 0 to 2.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    public void Settings_out_of_range_are_refused(int batchSize, int prefetch)
    {
        var e = Assert.Throws<ArgumentException>(() => Loader(10, new DataLoaderOptions { BatchSize = batchSize, Prefetch = prefetch }));
        Assert.Equal($"DataLoader: the batch size is {batchSize} and prefetch {prefetch}. Take a batch size of 1 or more and a prefetch of 0 or more.", e.Message);
    }

    [Fact]
    public void A_source_without_a_batch_is_refused()
    {
        Assert.Equal("DataLoader: 0 examples make no batch of 4. Add examples.", Assert.Throws<ArgumentException>(() => Loader(0, new DataLoaderOptions { BatchSize = 4 })).Message);
        Assert.Equal("DataLoader: 3 examples make no batch of 4 with the last one dropped. Add examples or take a smaller batch.", Assert.Throws<ArgumentException>(() => Loader(3, new DataLoaderOptions { BatchSize = 4, DropLast = true })).Message);
    }

    static DataLoader<int[]> Loader(int count, DataLoaderOptions options) => new(new Numbers(count), options);

    static int[] Epoch(DataLoader<int[]> loader) => [.. loader.SelectMany(batch => batch)];

    /// <summary>Every batch is the numbers of its examples.</summary>
    sealed class Numbers(int count) : IBatchSource<int[]>
    {
        public int Count => count;

        public int FailAt { get; init; } = -1;

        public int Taken { get; private set; }

        public int[] Take(ReadOnlySpan<int> indices)
        {
            Taken++;
            return indices.Contains(FailAt) ? throw new InvalidDataException($"example {FailAt}") : indices.ToArray();
        }
    }
}
