using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Reduction;

/// <summary>Reduces contiguous rows in the order of the law.</summary>
/// <remarks>32 lanes, lane = i mod 32, each in order inside a block of 4,096 elements; lanes folded 16-8-4-2-1; block results folded by a balanced tree of neighbours.
/// The 32 lanes are 4 vectors of 4-byte elements, 8 of 8-byte ones, 1 of bytes: enough independent chains to hide the latency of an addition.</remarks>
static unsafe class RowReduction
{
    /// <summary>Lanes of a block.</summary>
    public const int LaneCount = 32;

    /// <summary>Elements of a block.</summary>
    public const int BlockLength = 4096;

    /// <summary>Levels of the tree over all blocks of a row of 2³¹ - 1 elements.</summary>
    const int MaxLevels = 32;

    /// <summary>The result of one row.</summary>
    /// <param name="x">[n], contiguous, any alignment.</param>
    /// <param name="n">≥ 0.</param>
    public static T ReduceRow<T, TOp>(T* x, int n)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        if (n <= BlockLength)
        {
            return ReduceBlock<T, TOp>(x, n);
        }

        // The tree in order of arrival: a complete subtree of 2^k blocks waits until its right neighbour of the same size is complete.
        T* waiting = stackalloc T[MaxLevels];
        int depth = 0;
        int blocks = 0;
        for (long start = 0; start < n; start += BlockLength)
        {
            T value = ReduceBlock<T, TOp>(x + start, (int)Math.Min(BlockLength, n - start));
            blocks++;
            for (int size = blocks; (size & 1) == 0; size >>= 1)
            {
                value = TOp.Combine(waiting[--depth], value);
            }

            waiting[depth++] = value;
        }

        T result = waiting[--depth];
        while (depth > 0)
        {
            result = TOp.Combine(waiting[--depth], result);
        }

        return result;
    }

    /// <summary>The result of one block.</summary>
    /// <param name="x">[n], contiguous, any alignment.</param>
    /// <param name="n">0..4,096.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T ReduceBlock<T, TOp>(T* x, int n)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        T* lanes = stackalloc T[LaneCount];
        int i = sizeof(T) switch
        {
            4 => Accumulate4<T, TOp>(x, n, lanes),
            8 => Accumulate8<T, TOp>(x, n, lanes),
            _ => Accumulate1<T, TOp>(x, n, lanes),
        };
        for (int lane = 0; i < n; i++, lane++)
        {
            lanes[lane] = TOp.Combine(lanes[lane], x[i]);
        }

        return FoldLanes<T, TOp>(lanes);
    }

    /// <summary>Folds block results by neighbours, an odd last one carried up unchanged, until one is left.</summary>
    /// <param name="partials">[n] in block order; overwritten.</param>
    /// <param name="n">≥ 0; the identity for 0.</param>
    public static T FoldTree<T, TOp>(T* partials, int n)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        if (n == 0)
        {
            return TOp.Identity;
        }

        while (n > 1)
        {
            int pairs = n / 2;
            for (int j = 0; j < pairs; j++)
            {
                partials[j] = TOp.Combine(partials[2 * j], partials[(2 * j) + 1]);
            }

            if ((n & 1) != 0)
            {
                partials[pairs] = partials[n - 1];
            }

            n -= pairs;
        }

        return partials[0];
    }

    // In registers from the second level on: a fold through memory waits for each store.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T FoldLanes<T, TOp>(T* lanes)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        int width = LaneCount / 2;
        for (; width > Vector256<T>.Count; width >>= 1)
        {
            for (int j = 0; j < width; j += Vector256<T>.Count)
            {
                Vector256.Store(TOp.Combine(Vector256.Load(lanes + j), Vector256.Load(lanes + j + width)), lanes + j);
            }
        }

        if (sizeof(T) < 4)
        {
            for (; width >= 1; width >>= 1)
            {
                for (int j = 0; j < width; j++)
                {
                    lanes[j] = TOp.Combine(lanes[j], lanes[j + width]);
                }
            }

            return lanes[0];
        }

        return FoldEight<T, TOp>(TOp.Combine(Vector256.Load(lanes), Vector256.Load(lanes + width)));
    }

    /// <summary>Folds eight lanes of 4 bytes, or four of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FoldEight<T, TOp>(Vector256<T> sum)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        // The upper lanes of what is folded to hold numbers that no result depends on.
        Vector256<T> half = TOp.Combine(sum, sum.GetUpper().ToVector256Unsafe());
        if (sizeof(T) == 4)
        {
            half = TOp.Combine(half, Vector128.Shuffle(half.GetLower().AsInt32(), Vector128.Create(2, 3, 2, 3)).As<int, T>().ToVector256Unsafe());
        }

        return TOp.Combine(half[0], half[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Accumulate1<T, TOp>(T* x, int n, T* lanes)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        Vector256<T> a = Vector256.Create(TOp.Identity);
        int i = 0;
        for (; i <= n - LaneCount; i += LaneCount)
        {
            a = TOp.Combine(a, Vector256.Load(x + i));
        }

        Vector256.Store(a, lanes);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Accumulate4<T, TOp>(T* x, int n, T* lanes)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<T> low = Vector512.Create(TOp.Identity);
            Vector512<T> high = low;
            for (; i <= n - LaneCount; i += LaneCount)
            {
                low = TOp.Combine(low, Vector512.Load(x + i));
                high = TOp.Combine(high, Vector512.Load(x + i + 16));
            }

            Vector512.Store(low, lanes);
            Vector512.Store(high, lanes + 16);
            return i;
        }

        Vector256<T> a = Vector256.Create(TOp.Identity);
        Vector256<T> b = a;
        Vector256<T> c = a;
        Vector256<T> d = a;
        for (; i <= n - LaneCount; i += LaneCount)
        {
            a = TOp.Combine(a, Vector256.Load(x + i));
            b = TOp.Combine(b, Vector256.Load(x + i + 8));
            c = TOp.Combine(c, Vector256.Load(x + i + 16));
            d = TOp.Combine(d, Vector256.Load(x + i + 24));
        }

        Vector256.Store(a, lanes);
        Vector256.Store(b, lanes + 8);
        Vector256.Store(c, lanes + 16);
        Vector256.Store(d, lanes + 24);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Accumulate8<T, TOp>(T* x, int n, T* lanes)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        Vector256<T> a = Vector256.Create(TOp.Identity);
        Vector256<T> b = a;
        Vector256<T> c = a;
        Vector256<T> d = a;
        Vector256<T> e = a;
        Vector256<T> f = a;
        Vector256<T> g = a;
        Vector256<T> h = a;
        int i = 0;
        for (; i <= n - LaneCount; i += LaneCount)
        {
            a = TOp.Combine(a, Vector256.Load(x + i));
            b = TOp.Combine(b, Vector256.Load(x + i + 4));
            c = TOp.Combine(c, Vector256.Load(x + i + 8));
            d = TOp.Combine(d, Vector256.Load(x + i + 12));
            e = TOp.Combine(e, Vector256.Load(x + i + 16));
            f = TOp.Combine(f, Vector256.Load(x + i + 20));
            g = TOp.Combine(g, Vector256.Load(x + i + 24));
            h = TOp.Combine(h, Vector256.Load(x + i + 28));
        }

        Vector256.Store(a, lanes);
        Vector256.Store(b, lanes + 4);
        Vector256.Store(c, lanes + 8);
        Vector256.Store(d, lanes + 12);
        Vector256.Store(e, lanes + 16);
        Vector256.Store(f, lanes + 20);
        Vector256.Store(g, lanes + 24);
        Vector256.Store(h, lanes + 28);
        return i;
    }
}
