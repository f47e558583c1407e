using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Reduction;

/// <summary>Reduces many columns at once over a leading axis, each in the order of the law; the logical index is the row's number.</summary>
/// <remarks>Per block of 4,096 rows: <see cref="Clear"/>, <see cref="AccumulateRows"/> as often as needed, <see cref="FoldLanes"/> into one row of partials;
/// after the last block <see cref="FoldTree"/>.</remarks>
static unsafe class ColumnReduction
{
    // So many columns of lanes stay in the first-level cache while the rows pass (32 · 128 · 4 bytes).
    const int StripColumns = 128;

    const int RowsAtOnce = 8;

    /// <summary>Sets every lane to the identity.</summary>
    /// <param name="lanes">[32, columns].</param>
    /// <param name="columns">≥ 0.</param>
    public static void Clear<T, TOp>(T* lanes, int columns)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        for (int lane = 0; lane < RowReduction.LaneCount; lane++)
        {
            new Span<T>(lanes + ((nint)lane * columns), columns).Fill(TOp.Identity);
        }
    }

    /// <summary>Takes rows of one block into its lanes.</summary>
    /// <param name="lanes">[32, columns].</param>
    /// <param name="rows">[rowCount, columns], columns contiguous.</param>
    /// <param name="rowStride">Elements from a row to the next.</param>
    /// <param name="firstRow">Number of the first row, in the block or over all.</param>
    /// <param name="rowCount">≥ 0; the rows do not cross into another block.</param>
    /// <param name="columns">≥ 0.</param>
    public static void AccumulateRows<T, TOp>(T* lanes, T* rows, nint rowStride, int firstRow, int rowCount, int columns)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        int r = 0;
        for (; r + (RowsAtOnce * RowReduction.LaneCount) <= rowCount; r += RowsAtOnce * RowReduction.LaneCount)
        {
            for (int lane = 0; lane < RowReduction.LaneCount; lane++)
            {
                int to = (firstRow + r + lane) & (RowReduction.LaneCount - 1);
                CombineRows<T, TOp>(lanes + ((nint)to * columns), rows + ((r + lane) * rowStride), rowStride, RowReduction.LaneCount * rowStride, columns);
            }
        }

        for (int start = 0; start < columns; start += StripColumns)
        {
            int width = Math.Min(StripColumns, columns - start);
            for (int row = r; row < rowCount; row++)
            {
                int lane = (firstRow + row) & (RowReduction.LaneCount - 1);
                Combine<T, TOp>(lanes + ((nint)lane * columns) + start, rows + (row * rowStride) + start, width);
            }
        }
    }

    /// <summary>Folds the lanes of a block 16-8-4-2-1.</summary>
    /// <param name="lanes">[32, columns]; overwritten.</param>
    /// <param name="columns">≥ 0.</param>
    /// <param name="result">[columns]; receives the block's results.</param>
    public static void FoldLanes<T, TOp>(T* lanes, int columns, T* result)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        for (int width = RowReduction.LaneCount / 2; width >= 1; width >>= 1)
        {
            for (int j = 0; j < width; j++)
            {
                Combine<T, TOp>(lanes + ((nint)j * columns), lanes + ((nint)(j + width) * columns), columns);
            }
        }

        new ReadOnlySpan<T>(lanes, columns).CopyTo(new Span<T>(result, columns));
    }

    /// <summary>Folds block results by neighbours, an odd last one carried up unchanged, until one is left.</summary>
    /// <param name="partials">[n, columns] in block order; overwritten.</param>
    /// <param name="n">≥ 0; the identity for 0.</param>
    /// <param name="columns">≥ 0.</param>
    /// <param name="result">[columns]; may be the first row of <paramref name="partials"/>.</param>
    public static void FoldTree<T, TOp>(T* partials, int n, int columns, T* result)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        if (n == 0)
        {
            new Span<T>(result, columns).Fill(TOp.Identity);
            return;
        }

        // Results stay in the row of their first block, so no row is moved: level by level the neighbour is twice as far.
        for (long step = 1; step < n; step *= 2)
        {
            for (long j = 0; j + step < n; j += 2 * step)
            {
                Combine<T, TOp>(partials + (j * columns), partials + ((j + step) * columns), columns);
            }
        }

        new ReadOnlySpan<T>(partials, columns).CopyTo(new Span<T>(result, columns));
    }

    // Eight rows of one lane, in order: the lane's columns are loaded and stored once for all of them. Those of the next lane are on their way meanwhile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CombineRows<T, TOp>(T* lane, T* row, nint next, nint step, int columns)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        T* row4 = row + (4 * step);
        int c = 0;
        if (Avx512F.IsSupported)
        {
            for (; c <= columns - Vector512<T>.Count; c += Vector512<T>.Count)
            {
                T* at = row + c;
                T* at4 = row4 + c;
                Sse.Prefetch0(at + next);
                Sse.Prefetch0(at + next + step);
                Sse.Prefetch0(at + next + (2 * step));
                Sse.Prefetch0(at + next + (3 * step));
                Sse.Prefetch0(at4 + next);
                Sse.Prefetch0(at4 + next + step);
                Sse.Prefetch0(at4 + next + (2 * step));
                Sse.Prefetch0(at4 + next + (3 * step));
                Vector512<T> sum = TOp.Combine(Vector512.Load(lane + c), Vector512.Load(at));
                sum = TOp.Combine(sum, Vector512.Load(at + step));
                sum = TOp.Combine(sum, Vector512.Load(at + (2 * step)));
                sum = TOp.Combine(sum, Vector512.Load(at + (3 * step)));
                sum = TOp.Combine(sum, Vector512.Load(at4));
                sum = TOp.Combine(sum, Vector512.Load(at4 + step));
                sum = TOp.Combine(sum, Vector512.Load(at4 + (2 * step)));
                TOp.Combine(sum, Vector512.Load(at4 + (3 * step))).Store(lane + c);
            }
        }

        for (; c <= columns - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Vector256<T> sum = TOp.Combine(Vector256.Load(lane + c), Vector256.Load(row + c));
            sum = TOp.Combine(sum, Vector256.Load(row + step + c));
            sum = TOp.Combine(sum, Vector256.Load(row + (2 * step) + c));
            sum = TOp.Combine(sum, Vector256.Load(row + (3 * step) + c));
            sum = TOp.Combine(sum, Vector256.Load(row4 + c));
            sum = TOp.Combine(sum, Vector256.Load(row4 + step + c));
            sum = TOp.Combine(sum, Vector256.Load(row4 + (2 * step) + c));
            Vector256.Store(TOp.Combine(sum, Vector256.Load(row4 + (3 * step) + c)), lane + c);
        }

        for (; c < columns; c++)
        {
            T sum = lane[c];
            for (int k = 0; k < RowsAtOnce; k++)
            {
                sum = TOp.Combine(sum, row[(k * step) + c]);
            }

            lane[c] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Combine<T, TOp>(T* a, T* b, int n)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        int i = 0;
        for (; i <= n - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            Vector256.Store(TOp.Combine(Vector256.Load(a + i), Vector256.Load(b + i)), a + i);
        }

        for (; i < n; i++)
        {
            a[i] = TOp.Combine(a[i], b[i]);
        }
    }
}
