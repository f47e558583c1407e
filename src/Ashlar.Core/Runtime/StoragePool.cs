using System.Numerics;

namespace Ashlar.Runtime;

/// <summary>Keeps the blocks that dead results leave behind, by size class, for the results to come.</summary>
/// <remarks>Blocks come back through finalizers, so the pool cannot see a dead result before the collector does. Each class grows to a first stock;
/// once it has that, an empty class asks for a collection of the young objects, unless so few blocks were handed out since the last one that
/// they must still be in use: then the class grows; one that has grown by an eighth asks for a full collection. The runtime's own memory pressure interface is not used: it answers with full collections.</remarks>
static class StoragePool
{
    const int SmallestClass = 6;
    const int Classes = 256;
    const nint StockBytes = 16 << 20;
    const int MostStock = 512;
    const int LeastStock = 2;
    const nint SmallBlock = 4096;
    const int LeastGrowth = 16;
    const nint MostGrowthBytes = 256 << 20;

    static readonly Lock Gate = new();
    static readonly SizeClass[] All = [.. Enumerable.Range(0, Classes).Select(_ => new SizeClass())];

    public static MemoryBlock Rent(nint bytes)
    {
        (int index, nint size) = ClassOf(bytes);
        SizeClass blocks = All[index];
        bool mayCollect;
        bool inFull;
        lock (Gate)
        {
            blocks.HandedOut++;
            if (blocks.Free.TryPop(out MemoryBlock block))
            {
                return block;
            }

            Diagnostics.StorageMissed();
            int stock = (int)Math.Clamp(StockBytes / size, LeastStock, MostStock);
            if (blocks.Count < stock)
            {
                Grow(blocks, size, size <= SmallBlock ? stock - blocks.Count : 1);
                return blocks.Free.Pop();
            }

            // A class that grows and grows may hold blocks of dead values that an earlier collection moved out of the young generations.
            inFull = blocks.Grown >= Math.Max(LeastGrowth, blocks.Count / 8) || blocks.Grown * size >= MostGrowthBytes;
            mayCollect = inFull || blocks.HandedOut >= blocks.Count / 2;
        }

        if (mayCollect)
        {
            // The two youngest generations: what happened to live during one collection is found by the next.
            GC.Collect(inFull ? 2 : 1, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }

        lock (Gate)
        {
            if (mayCollect)
            {
                Array.ForEach(All, other => other.HandedOut = 0);
            }

            if (inFull)
            {
                Array.ForEach(All, other => other.Grown = 0);
            }

            if (blocks.Free.Count == 0)
            {
                Grow(blocks, size, 1);
                blocks.Grown++;
            }

            blocks.HandedOut++;
            return blocks.Free.Pop();
        }
    }

    public static void Return(MemoryBlock block)
    {
        lock (Gate)
        {
            All[ClassOf(block.Bytes).Index].Free.Push(block);
        }
    }

    // Small blocks are cut from one piece: a class of them takes its whole stock at once.
    static void Grow(SizeClass blocks, nint size, int count)
    {
        MemoryBlock piece = MemoryBlock.Allocate(size * count);
        for (int i = 0; i < count; i++)
        {
            blocks.Free.Push(piece.Part(i * size, size));
        }

        blocks.Count += count;
    }

    // Four classes to each doubling, all multiples of 64 bytes, so that at most a quarter of a block is unused.
    static (int Index, nint Size) ClassOf(nint bytes)
    {
        nuint lines = (nuint)((Math.Max(bytes, 1) + (1 << SmallestClass) - 1) >> SmallestClass);
        int doubling = BitOperations.Log2(lines);
        if (doubling < 3)
        {
            return ((int)lines - 1, (nint)lines << SmallestClass);
        }

        nuint quarter = (nuint)1 << (doubling - 2);
        nuint steps = (lines + quarter - 1) / quarter;
        return ((4 * doubling) + (int)steps - 8, (nint)(steps * quarter) << SmallestClass);
    }

    sealed class SizeClass
    {
        public Stack<MemoryBlock> Free { get; } = new();

        /// <summary>Blocks that exist, in use or free.</summary>
        public int Count { get; set; }

        /// <summary>Blocks handed out since the last collection that the pool asked for.</summary>
        public int HandedOut { get; set; }

        /// <summary>Blocks taken beyond the first stock since the last full collection that the pool asked for.</summary>
        public int Grown { get; set; }
    }
}
