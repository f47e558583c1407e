namespace Ashlar.Runtime;

/// <summary>Keeps the blocks that dead results leave behind, by size class, for the results to come.</summary>
/// <remarks>Blocks come back through finalizers, so the pool cannot see a dead result before the collector does. When it has none and
/// much was handed out since the last collection, it asks for a collection of the young objects. The runtime's own memory pressure interface is not used: it answers with full collections.</remarks>
static class StoragePool
{
    const long CollectAfterBytes = 64L << 20;
    const int CollectAfterBlocks = 1024;
    const int SmallestClass = 6;

    static readonly Lock Gate = new();
    static readonly Stack<MemoryBlock>[] Free = [.. Enumerable.Range(0, 256).Select(_ => new Stack<MemoryBlock>())];
    static long _bytesHandedOut;
    static int _blocksHandedOut;

    public static MemoryBlock Rent(nint bytes)
    {
        (int index, nint size) = SizeClass(bytes);
        if (TryTake(index, size, out MemoryBlock block, out bool mayCollect))
        {
            return block;
        }

        Diagnostics.StorageMissed();
        if (mayCollect)
        {
            // The youngest two generations: what happened to live during one collection is found by the next.
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            if (TryTake(index, size, out block, out _))
            {
                return block;
            }
        }

        return MemoryBlock.Allocate(size);
    }

    public static void Return(MemoryBlock block)
    {
        lock (Gate)
        {
            Free[SizeClass(block.Bytes).Index].Push(block);
        }
    }

    /// <summary>Gives every pooled block back to the operating system.</summary>
    public static void Trim()
    {
        lock (Gate)
        {
            foreach (Stack<MemoryBlock> blocks in Free)
            {
                while (blocks.TryPop(out MemoryBlock block))
                {
                    block.Free();
                }
            }
        }
    }

    // Four classes to each doubling, so that at most a fifth of a block is unused.
    static (int Index, nint Size) SizeClass(nint bytes)
    {
        nint size = (nint)1 << SmallestClass;
        int index = 0;
        while (size < bytes)
        {
            nint quarter = Math.Max(1, size / 4);
            for (int step = 1; step <= 4; step++)
            {
                index++;
                if (size + (step * quarter) >= bytes)
                {
                    return (index, size + (step * quarter));
                }
            }

            size *= 2;
        }

        return (index, size);
    }

    // Whoever finds nothing although much was handed out since the last collection may ask for one; the count begins anew with it.
    static bool TryTake(int index, nint size, out MemoryBlock block, out bool mayCollect)
    {
        lock (Gate)
        {
            _bytesHandedOut += size;
            _blocksHandedOut++;
            bool found = Free[index].TryPop(out block);
            mayCollect = !found && (_bytesHandedOut > CollectAfterBytes || _blocksHandedOut > CollectAfterBlocks);
            if (mayCollect)
            {
                _bytesHandedOut = 0;
                _blocksHandedOut = 0;
            }

            return found;
        }
    }
}
