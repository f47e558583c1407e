using Ashlar.Runtime;

namespace Ashlar.Tests.Runtime;

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
    public void Reading_a_disposed_value_is_an_error_that_says_so()
    {
        Storage storage = Storage.Allocate(8);
        storage.Dispose();
        ObjectDisposedException e = Assert.Throws<ObjectDisposedException>(() => _ = storage.Pointer[0]);
        Assert.Contains("Do not use a tensor after disposing it.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_says_so_when_it_is_read()
    {
        Tensor x = Tensor.From([1f, 2f], 2);
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.ToArray<float>());
    }
}
