namespace Ashlar.Runtime;

/// <summary>Keeps the blocks that dead results leave behind, by size class, for the results to come.</summary>
/// <remarks>Blocks come back through finalizers, so the pool cannot see a dead result before the collector does. When it has none and
/// much was handed out since the last collection, it asks for a collection of the youngest objects first and of older ones only if that
/// gave nothing back. The runtime's own memory pressure interface is not used: it answers with full collections.</remarks>
static class StoragePool
{
    const long CollectAfterBytes = 64L << 20;
    const int CollectAfterBlocks = 1024;
    const int SmallestClass = 6;

    static readonly Lock Gate = new();
    static readonly Stack<MemoryBlock>[] Free = [.. Enumerable.Range(0, 256).Select(_ => new Stack<MemoryBlock>())];
    static long _bytesSinceCollection;
    static int _blocksSinceCollection;

    public static MemoryBlock Rent(nint bytes)
    {
        (int index, nint size) = SizeClass(bytes);
        if (TryTake(index, out MemoryBlock block))
        {
            return block;
        }

        Diagnostics.StorageMissed();
        for (int generation = 0; generation <= 1 && MayCollect(); generation++)
        {
            GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            if (TryTake(index, out block))
            {
                Collected();
                return block;
            }
        }

        lock (Gate)
        {
            if (_bytesSinceCollection > CollectAfterBytes || _blocksSinceCollection > CollectAfterBlocks)
            {
                _bytesSinceCollection = 0;
                _blocksSinceCollection = 0;
            }

            _bytesSinceCollection += size;
            _blocksSinceCollection++;
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

    static bool TryTake(int index, out MemoryBlock block)
    {
        lock (Gate)
        {
            return Free[index].TryPop(out block);
        }
    }

    static bool MayCollect()
    {
        lock (Gate)
        {
            return _bytesSinceCollection > CollectAfterBytes || _blocksSinceCollection > CollectAfterBlocks;
        }
    }

    static void Collected()
    {
        lock (Gate)
        {
            _bytesSinceCollection = 0;
            _blocksSinceCollection = 0;
        }
    }
}
