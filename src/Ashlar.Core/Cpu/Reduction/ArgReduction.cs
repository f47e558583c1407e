using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Reduction;

/// <summary>Where the extremum is: ties (and -0 with +0) take the lowest index, the first NaN wins over all.</summary>
static unsafe class ArgReduction
{
    /// <summary>The index of the extremum of a row.</summary>
    /// <remarks>Block by block: the block's extremum has no order to keep, and only a block that beats all before it is searched for the place.</remarks>
    /// <param name="x">[n], contiguous, any alignment.</param>
    /// <param name="n">≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is less than 1.</exception>
    public static long ReduceRow<T, TOp>(T* x, int n)
        where T : unmanaged, INumber<T>
        where TOp : struct, IExtremum<T>
    {
        if (n < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(n), $"ArgReduction: the row has {n} elements. Reduce over an axis whose extent is at least 1.");
        }

        T best = TOp.Identity;
        long index = -1;
        for (long start = 0; start < n; start += RowReduction.BlockLength)
        {
            int length = (int)Math.Min(RowReduction.BlockLength, n - start);
            T value = Extremum<T, TOp>(x + start, length);
            if (T.IsNaN(value))
            {
                return start + FirstNaN(x + start, length);
            }

            if (index < 0 || TOp.Beats(value, best))
            {
                best = value;
                index = start + FirstEqual(x + start, value, length);
            }
        }

        return index;
    }

    /// <summary>Takes rows into the running extrema of many columns; the logical index is the row's number.</summary>
    /// <param name="values">[columns], the extrema so far; written first by row 0.</param>
    /// <param name="indices">[columns], their rows.</param>
    /// <param name="rows">[rowCount, columns], columns contiguous.</param>
    /// <param name="rowStride">Elements from a row to the next.</param>
    /// <param name="firstRow">Number of the first row over all; calls come in ascending order from 0.</param>
    /// <param name="rowCount">≥ 0.</param>
    /// <param name="columns">≥ 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateRows<T, TOp>(T* values, long* indices, T* rows, nint rowStride, long firstRow, int rowCount, int columns)
        where T : unmanaged, INumber<T>
        where TOp : struct, IExtremum<T>
    {
        for (int r = 0; r < rowCount; r++)
        {
            T* row = rows + (r * rowStride);
            long number = firstRow + r;
            for (int c = 0; c < columns; c++)
            {
                T candidate = row[c];
                T best = values[c];
                bool wins = TOp.Beats(candidate, best) || (T.IsNaN(candidate) && !T.IsNaN(best));
                if (number == 0 || wins)
                {
                    values[c] = candidate;
                    indices[c] = number;
                }
            }
        }
    }

    // An extremum has no order, so four registers take turns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T Extremum<T, TOp>(T* x, int n)
        where T : unmanaged, INumber<T>
        where TOp : struct, IExtremum<T>
    {
        int width = Vector512<T>.Count;
        if (!Vector512.IsHardwareAccelerated || n < 4 * width)
        {
            return RowReduction.ReduceBlock<T, TOp>(x, n);
        }

        Vector512<T> a = Vector512.Load(x), b = Vector512.Load(x + width), c = Vector512.Load(x + (2 * width)), d = Vector512.Load(x + (3 * width));
        int i = 4 * width;
        for (; i <= n - (4 * width); i += 4 * width)
        {
            a = TOp.Combine(a, Vector512.Load(x + i));
            b = TOp.Combine(b, Vector512.Load(x + i + width));
            c = TOp.Combine(c, Vector512.Load(x + i + (2 * width)));
            d = TOp.Combine(d, Vector512.Load(x + i + (3 * width)));
        }

        for (; i < n; i += width)
        {
            a = TOp.Combine(a, Vector512.Load(x + Math.Min(i, n - width)));
        }

        Vector512<T> all = TOp.Combine(TOp.Combine(a, b), TOp.Combine(c, d));
        Vector256<T> half = TOp.Combine(all.GetLower(), all.GetUpper());
        Vector256<T> quarter = TOp.Combine(half, half.GetUpper().ToVector256Unsafe());
        T best = quarter[0];
        for (int lane = 1; lane < width / 4; lane++)
        {
            best = TOp.Combine(best, quarter[lane]);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int FirstEqual<T>(T* x, T value, int n)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> wanted = Vector256.Create(value);
        Vector512<T> wide = Vector512.Create(value);
        int i = 0;
        while (Vector512.IsHardwareAccelerated && i <= n - Vector512<T>.Count && !Vector512.EqualsAny(Vector512.Load(x + i), wide))
        {
            i += Vector512<T>.Count;
        }

        while (i <= n - Vector256<T>.Count && !Vector256.EqualsAny(Vector256.Load(x + i), wanted))
        {
            i += Vector256<T>.Count;
        }

        while (x[i] != value)
        {
            i++;
        }

        return i;
    }

    static int FirstNaN<T>(T* x, int n)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        while (i < n && !T.IsNaN(x[i]))
        {
            i++;
        }

        return i;
    }
}
