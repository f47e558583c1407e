using System.Numerics;

namespace Ashlar.Runtime;

/// <summary>Keeps the blocks that dead results leave behind, by size class, for the results to come.</summary>
/// <remarks>The pool cannot see a dead result before the collector does. A class that is empty looks first for what collections have found since it looked last. Each class grows to a first stock;
/// once it has that, an empty class asks for a collection of the young objects, unless fewer blocks than a stock, or than half of all, were handed out since the last one,
/// as where others are held for long: then the class grows; one that has grown by an eighth asks for a full collection.
/// A class that has more than a stock still cycles through a stock alone, as long as collections find it dead, for that much stays in the caches. The runtime's own memory pressure interface is not used: it answers with full collections.</remarks>
static class StoragePool
{
    const int SmallestClass = 6;
    const int Classes = 256;
    const nint StockBytes = 12 << 20;
    const int MostStock = 768;
    const int LeastStock = 2;
    const int FewBlocks = 4;
    const nint FewBlocksBytes = 16 << 20;
    const nint SmallBlock = 4096;
    const int LeastGrowth = 16;
    const nint MostGrowthBytes = 256 << 20;

    static readonly Lock Gate = new();
    static readonly SizeClass[] All = [.. Enumerable.Range(0, Classes).Select(_ => new SizeClass())];

    // Collections that the pool asked for, and the full ones among them: what a class counts since then it begins anew when it is next asked.
    static int _collections;
    static int _fullCollections;

    /// <summary>A block of at least so many bytes, held by a value from now on.</summary>
    public static MemoryBlock Rent(nint bytes, Storage holder)
    {
        (int index, nint size) = ClassOf(bytes);
        SizeClass blocks = All[index];
        int stock = StockOf(size);
        bool inFull;
        lock (Gate)
        {
            blocks.CountSince(_collections, _fullCollections);
            blocks.HandedOut++;

            // What is free beyond a stock is no longer in a cache; what was handed out since the last collection is, and most of it is dead.
            bool isCold = blocks.HandedOut - blocks.GivenBack > stock && blocks.WasWorthIt && size > SmallBlock;
            if ((blocks.Free.Count > 0 && !isCold) || blocks.Sweep(size) > 0)
            {
                return blocks.Give(holder);
            }

            // A class that grows and grows may hold blocks of dead values that an earlier collection moved out of the young generations.
            inFull = blocks.Free.Count == 0 && (blocks.Grown >= Math.Max(LeastGrowth, blocks.All.Count / 8) || blocks.Grown * size >= MostGrowthBytes);
            if (blocks.Free.Count == 0)
            {
                Diagnostics.StorageMissed();
                if (blocks.All.Count < stock)
                {
                    blocks.Grow(size, size <= SmallBlock ? stock - blocks.All.Count : 1);
                    return blocks.Give(holder);
                }

                if (!inFull && blocks.HandedOut < Math.Max(stock, blocks.All.Count / 2))
                {
                    blocks.Grow(size, 1);
                    blocks.Grown++;
                    return blocks.Give(holder);
                }
            }
        }

        // The two youngest generations: what happened to live during one collection is found by the next.
        Collector.Run(inFull ? 2 : 1);
        inFull = Survivors.Settle(inFull);
        lock (Gate)
        {
            _collections++;
            _fullCollections += inFull ? 1 : 0;
            blocks.CountSince(_collections, _fullCollections);
            blocks.WasWorthIt = blocks.Sweep(size) >= stock / 2;
            if (blocks.Free.Count == 0)
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
            SizeClass blocks = All[ClassOf(block.Block.Bytes).Index];
            blocks.GivenBack++;
            blocks.Take(block);
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
        int _collectionsOfPool;
        int _fullCollectionsOfPool;
        long _leases;

        /// <summary>Blocks that no value holds; the one given back last is the first to go, for it may still be in a cache.</summary>
        public Stack<PooledBlock> Free { get; } = new();

        /// <summary>Blocks that exist, in use or free.</summary>
        public List<PooledBlock> All { get; } = [];

        /// <summary>Blocks handed out since the last collection that the pool asked for.</summary>
        public int HandedOut { get; set; }

        /// <summary>Blocks given back since then, before a collection had to find them.</summary>
        public int GivenBack { get; set; }

        /// <summary>Whether the last collection that the pool asked for on its account found half a stock.</summary>
        public bool WasWorthIt { get; set; }

        /// <summary>Blocks taken beyond the first stock since the last full collection that the pool asked for.</summary>
        public int Grown { get; set; }

        public MemoryBlock Give(Storage holder)
        {
            PooledBlock block = Free.Pop();
            block.GiveTo(holder, _leases++);
            Diagnostics.StorageInUse(block.Block.Bytes);
            return block.Block;
        }

        /// <summary>Begins counting anew what the pool has collected since.</summary>
        public void CountSince(int collections, int fullCollections)
        {
            if (_collectionsOfPool != collections)
            {
                _collectionsOfPool = collections;
                HandedOut = 0;
                GivenBack = 0;
            }

            if (_fullCollectionsOfPool != fullCollections)
            {
                _fullCollectionsOfPool = fullCollections;
                Grown = 0;
            }
        }

        public void Take(PooledBlock block)
        {
            block.TakeBack();
            Free.Push(block);
            Diagnostics.StorageInUse(-block.Block.Bytes);
        }

        /// <summary>Takes back what dead values held, if there was a collection since the last time. What was handed out last goes first again, but where blocks are small: a whole stock of these is near.</summary>
        /// <returns>How many blocks.</returns>
        public int Sweep(nint size)
        {
            int collections = GC.CollectionCount(0);
            if (collections == _collections)
            {
                return 0;
            }

            _collections = collections;
            foreach (PooledBlock block in All)
            {
                if (block.IsLeft)
                {
                    _left.Add(block);
                }
            }

            if (size > SmallBlock)
            {
                _left.Sort(static (a, b) => a.Lease.CompareTo(b.Lease));
            }

            foreach (PooledBlock block in _left)
            {
                Take(block);
            }

            int found = _left.Count;
            _left.Clear();
            return found;
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
