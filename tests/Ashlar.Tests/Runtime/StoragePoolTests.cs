using Ashlar.Runtime;

namespace Ashlar.Tests.Runtime;

/// <summary>How far blocks cycle depends on collections, which are the whole process's: nothing else may run beside these tests.</summary>
[CollectionDefinition(nameof(StoragePoolTests), DisableParallelization = true)]
[Collection(nameof(StoragePoolTests))]
public sealed unsafe class StoragePoolTests
{
    [Fact]
    public void A_block_is_aligned_large_enough_and_at_most_a_quarter_larger()
    {
        for (nint bytes = 1; bytes < 40_000_000; bytes = (bytes * 9 / 8) + 1)
        {
            using Storage storage = Storage.Allocate(bytes);
            nint rounded = (bytes + 63) / 64 * 64;
            Assert.Equal(0, (nint)storage.Pointer % 64);
            Assert.InRange(storage.Bytes, bytes, rounded + (rounded / 4));
        }
    }

    [Fact]
    public void Blocks_in_use_never_overlap()
    {
        Storage[] held = [.. Enumerable.Range(1, 2000).Select(i => Storage.Allocate(i % 700))];
        (nint Start, nint End)[] spans = [.. held.Select(s => ((nint)s.Pointer, (nint)s.Pointer + s.Bytes)).OrderBy(s => s.Item1)];
        for (int i = 1; i < spans.Length; i++)
        {
            Assert.True(spans[i - 1].End <= spans[i].Start, "Two blocks that are in use share bytes.");
        }

        Array.ForEach(held, s => s.Dispose());
    }

    [Fact]
    public void A_loop_that_drops_its_values_takes_no_more_than_the_stock()
    {
        const nint Bytes = 3_333_333;
        long before = Diagnostics.StorageBytes;
        for (int i = 0; i < 200; i++)
        {
            Fill(Storage.Allocate(Bytes), (byte)i);
        }

        Assert.InRange(Diagnostics.StorageBytes - before, 0, 40 * Bytes);
    }

    [Fact]
    public void Dropped_values_cycle_through_few_blocks_even_where_many_were_held_once()
    {
        const nint Bytes = 3_210_987;
        HoldMany(Bytes, 60);
        for (int i = 0; i < 200; i++)
        {
            Fill(Storage.Allocate(Bytes), (byte)i);
        }

        var seen = new HashSet<nint>();
        for (int i = 0; i < 100; i++)
        {
            seen.Add(AddressOfOne(Bytes));
        }

        Assert.InRange(seen.Count, 1, 20);
    }

    [Fact]
    public void A_value_that_is_held_keeps_its_block_whatever_is_collected()
    {
        Storage held = Storage.Allocate(70_000);
        Fill(held, 42);
        for (int i = 0; i < 600; i++)
        {
            Fill(Storage.Allocate(70_000), 7);
        }

        Assert.Equal(-1, new ReadOnlySpan<byte>(held.Pointer, 70_000).IndexOfAnyExcept((byte)42));
        GC.KeepAlive(held);
    }

    [Fact]
    public void Reading_a_disposed_value_is_an_error_that_says_so()
    {
        Storage storage = Storage.Allocate(8);
        storage.Dispose();
        ObjectDisposedException e = Assert.Throws<ObjectDisposedException>(() => _ = storage.Pointer[0]);
        Assert.Contains("Do not use a tensor after disposing it.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_of_someone_else_is_released_once()
    {
        int released = 0;
        byte value = 0;
        Storage storage = Storage.External(&value, 1, () => released++);
        storage.Dispose();
        storage.Dispose();
        Assert.Equal(1, released);
    }

    [Fact]
    public void A_disposed_tensor_says_so_when_it_is_read()
    {
        Tensor x = Tensor.From([1f, 2f], 2);
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.ToArray<float>());
    }

    static void HoldMany(nint bytes, int count)
    {
        Storage[] held = [.. Enumerable.Range(0, count).Select(_ => Storage.Allocate(bytes))];
        Array.ForEach(held, storage => Fill(storage, 1));
    }

    static nint AddressOfOne(nint bytes)
    {
        Storage storage = Storage.Allocate(bytes);
        Fill(storage, 2);
        return (nint)storage.Pointer;
    }

    static void Fill(Storage storage, byte value)
    {
        new Span<byte>(storage.Pointer, (int)storage.Bytes).Fill(value);
        GC.KeepAlive(storage);
    }
}
