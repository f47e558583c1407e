using System.Numerics;

namespace Ashlar.Runtime;

/// <summary>Keeps the blocks that dead results leave behind, by size class, for the results to come.</summary>
/// <remarks>The pool cannot see a dead result before the collector does. A class that is empty looks first for what collections have found since it looked last. Each class grows to a first stock;
/// once it has that, an empty class asks for a collection of the young objects, unless fewer blocks than a stock, or than half of all, were handed out since the last one,
/// as where others are held for long: then the class grows; one that has grown by an eighth asks for a full collection. The runtime's own memory pressure interface is not used: it answers with full collections.</remarks>
static class StoragePool
{
    const int SmallestClass = 6;
    const int Classes = 256;
    const nint StockBytes = 8 << 20;
    const int MostStock = 512;
    const int LeastStock = 2;
    const int FewBlocks = 4;
    const nint FewBlocksBytes = 2 * StockBytes;
    const nint SmallBlock = 4096;
    const int LeastGrowth = 16;
    const nint MostGrowthBytes = 256 << 20;

    static readonly Lock Gate = new();
    static readonly SizeClass[] All = [.. Enumerable.Range(0, Classes).Select(_ => new SizeClass())];

    /// <summary>A block of at least so many bytes, held by a value from now on.</summary>
    public static MemoryBlock Rent(nint bytes, Storage holder)
    {
        (int index, nint size) = ClassOf(bytes);
        SizeClass blocks = All[index];
        bool inFull;
        lock (Gate)
        {
            blocks.HandedOut++;
            if (blocks.Free.Count > 0 || blocks.Sweep())
            {
                return blocks.Give(holder);
            }

            Diagnostics.StorageMissed();
            int stock = StockOf(size);
            if (blocks.All.Count < stock)
            {
                blocks.Grow(size, size <= SmallBlock ? stock - blocks.All.Count : 1);
                return blocks.Give(holder);
            }

            // A class that grows and grows may hold blocks of dead values that an earlier collection moved out of the young generations.
            inFull = blocks.Grown >= Math.Max(LeastGrowth, blocks.All.Count / 8) || blocks.Grown * size >= MostGrowthBytes;
            if (!inFull && blocks.HandedOut < Math.Max(stock, blocks.All.Count / 2))
            {
                blocks.Grow(size, 1);
                blocks.Grown++;
                return blocks.Give(holder);
            }
        }

        // The two youngest generations: what happened to live during one collection is found by the next.
        GC.Collect(inFull ? 2 : 1, GCCollectionMode.Forced, blocking: true);
        inFull = Survivors.Settle(inFull);
        lock (Gate)
        {
            Array.ForEach(All, other => other.HandedOut = 0);
            if (inFull)
            {
                Array.ForEach(All, other => other.Grown = 0);
            }

            if (blocks.Free.Count == 0 && !blocks.Sweep())
            {
                blocks.Grow(size, 1);
                blocks.Grown++;
            }

            blocks.HandedOut++;
            return blocks.Give(holder);
        }
    }

    /// <summary>Takes a block back whose holder says that it is done.</summary>
    public static void Return(PooledBlock block)
    {
        lock (Gate)
        {
            All[ClassOf(block.Block.Bytes).Index].Take(block);
        }
    }

    // What stays in the last cache; of large blocks a few more, for each collection takes as long as writing a megabyte.
    static int StockOf(nint size) => (int)Math.Clamp(Math.Max(StockBytes / size, Math.Min(FewBlocks, FewBlocksBytes / size)), LeastStock, MostStock);

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
        readonly List<PooledBlock> _left = [];
        int _collections;
        long _leases;

        /// <summary>Blocks that no value holds; the one given back last is the first to go, for it may still be in a cache.</summary>
        public Stack<PooledBlock> Free { get; } = new();

        /// <summary>Blocks that exist, in use or free.</summary>
        public List<PooledBlock> All { get; } = [];

        /// <summary>Blocks handed out since the last collection that the pool asked for.</summary>
        public int HandedOut { get; set; }

        /// <summary>Blocks taken beyond the first stock since the last full collection that the pool asked for.</summary>
        public int Grown { get; set; }

        public MemoryBlock Give(Storage holder)
        {
            PooledBlock block = Free.Pop();
            block.GiveTo(holder, _leases++);
            Diagnostics.StorageInUse(block.Block.Bytes);
            return block.Block;
        }

        public void Take(PooledBlock block)
        {
            block.TakeBack();
            Free.Push(block);
            Diagnostics.StorageInUse(-block.Block.Bytes);
        }

        /// <summary>Takes back what dead values held, if there was a collection since the last time. What was handed out last goes first again.</summary>
        /// <returns>Whether a block is free.</returns>
        public bool Sweep()
        {
            int collections = GC.CollectionCount(0);
            if (collections != _collections)
            {
                _collections = collections;
                foreach (PooledBlock block in All)
                {
                    if (block.IsLeft)
                    {
                        _left.Add(block);
                    }
                }

                _left.Sort(static (a, b) => a.Lease.CompareTo(b.Lease));
                foreach (PooledBlock block in _left)
                {
                    Take(block);
                }

                _left.Clear();
            }

            return Free.Count > 0;
        }

        // Small blocks are cut from one piece: a class of them takes its whole stock at once.
        public void Grow(nint size, int count)
        {
            MemoryBlock piece = MemoryBlock.Allocate(size * count);
            for (int i = 0; i < count; i++)
            {
                var block = new PooledBlock(piece.Part(i * size, size));
                All.Add(block);
                Free.Push(block);
            }
        }
    }
}
