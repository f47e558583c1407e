using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Computes one tile of C over one chunk of k: rows × one or two registers of columns, every sum in a register.</summary>
/// <remarks>
/// Each element is one chain of <see cref="ILanes{T, TVector}.MultiplyAdd"/> along k that starts from +0; the chunk's sum is then stored, or added to what C holds.
/// Twelve rows by two registers are twenty-four of thirty-two registers, six rows twelve of sixteen, sixteen rows by one register sixteen: more independent chains than cover the latency of two multiply-add units.
/// Rows and registers are constants of the type, so that each pair is compiled to straight code of its own.
/// </remarks>
static unsafe class TileKernel<T, TVector, TLanes>
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    // A shorter chunk of k is over before what is fetched would come.
    const int FarDepth = 128;

    // How many k ahead rows are fetched: as long as a line takes to come from the third-level cache.
    const int RowsAhead = 12;

    /// <param name="height">Rows of the tile: an even number from <see cref="TileShape.Low"/> to <see cref="TileShape.Tallest"/>, or to <see cref="TileShape.TallestNarrow"/> for one register.</param>
    /// <param name="registers">Registers of columns, 1 or 2.</param>
    /// <param name="a">[depth, height], packed or where A is.</param>
    /// <param name="rowA">Elements of A from one row to the next.</param>
    /// <param name="depthA">Elements of A from one k to the next.</param>
    /// <param name="b">[depth, registers], rows <paramref name="depthB"/> elements apart.</param>
    /// <param name="depthB">Elements of B from one k to the next.</param>
    /// <param name="c">First column of the tile in row offset 0.</param>
    /// <param name="rows">[height] offset of each row in elements.</param>
    /// <param name="depth">Extent of k, 0 to 256, or as many terms of it as the pieces name.</param>
    /// <param name="add">Whether to add to C rather than to overwrite it.</param>
    /// <param name="pieces">Where B comes from, to be packed into <paramref name="b"/> on the way, or how much of its last register is there, or which terms of k; null where all of it lies there.</param>
    /// <param name="ahead">What to fetch meanwhile, or null; not while B is packed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        int height, int registers, T* a, nint rowA, nint depthA, T* b, nint depthB, T* c, int* rows, nint depth, bool add, ColumnPieces<T>* pieces, PanelAhead<T>* ahead = null)
    {
        if (pieces != null)
        {
            if (pieces->Terms != null && pieces->First0 != null)
            {
                Run<Two, Four, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
            else if (pieces->Terms != null && ahead == null)
            {
                Run<Two, Six, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
            else if (pieces->Terms != null)
            {
                Run<Two, Six, One>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
            else if (pieces->Lanes > 0 && registers == 1)
            {
                Run<One, Three, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
            else if (pieces->Lanes > 0)
            {
                Run<Two, Three, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
            else if (pieces->Masks == null)
            {
                Run<Two, One, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
            else
            {
                Run<Two, Two, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
            }
        }
        else if (registers != 2)
        {
            Run<One, Zero, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
        }
        else if (ahead != null)
        {
            Run<Two, Zero, One>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
        }
        else
        {
            Run<Two, Zero, Zero>(height, a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<TRegisters, TPacked, TFetched>(
        int height, T* a, nint rowA, nint depthA, T* b, nint depthB, T* c, int* rows, nint depth, bool add, ColumnPieces<T>* pieces, PanelAhead<T>* ahead)
        where TRegisters : struct, ITileExtent
        where TPacked : struct, ITileExtent
        where TFetched : struct, ITileExtent
    {
        switch (height)
        {
            case 16:
                Tile<Sixteen, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
            case 14:
                Tile<Fourteen, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
            case 12:
                Tile<Twelve, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
            case 10:
                Tile<Ten, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
            case 8:
                Tile<Eight, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
            case 6:
                Tile<Six, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
            default:
                Tile<Four, TRegisters, TPacked, TFetched>(a, rowA, depthA, b, depthB, c, rows, depth, add, pieces, ahead);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<TRows, TRegisters, TPacked, TFetched>(
        T* a, nint rowA, nint depthA, T* b, nint depthB, T* c, int* rows, nint depth, bool add, ColumnPieces<T>* pieces, PanelAhead<T>* ahead)
        where TRows : struct, ITileExtent
        where TRegisters : struct, ITileExtent
        where TPacked : struct, ITileExtent
        where TFetched : struct, ITileExtent
    {
        if (depth >= FarDepth)
        {
            Fetch<TRows, TRegisters>(c, rows);
        }

        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        TVector c60 = default, c61 = default, c70 = default, c71 = default, c80 = default, c81 = default;
        TVector c90 = default, c91 = default, cx0 = default, cx1 = default, cy0 = default, cy1 = default;
        TVector cz0 = default, cz1 = default, cu0 = default, cu1 = default, cv0 = default, cv1 = default, cw0 = default, cw1 = default;
        T* a4 = a + (4 * rowA);
        T* a8 = a + (8 * rowA);
        T* a12 = a + (12 * rowA);
        nint two = 2 * rowA;
        nint three = 3 * rowA;
        ColumnPieces<T> source = TPacked.Count > 0 ? *pieces : default;
        TVector from0 = TPacked.Count is 1 or 4 ? TLanes.From(source.From0) : default;
        TVector from1 = TPacked.Count is 1 or 4 ? TLanes.From(source.From1) : default;
        TVector inside = TPacked.Count == 3 ? TLanes.OfBits((1 << source.Lanes) - 1) : default;
        int* place = source.Depths;
        int* maskPlace = source.MaskPlaces;
        int* term = source.Terms;
        PanelAhead<T> next = TFetched.Count == 1 ? *ahead : default;
        for (nint k = depth; k > 0; k--)
        {
            TVector b0;
            TVector b1 = default;
            if (TPacked.Count is 1 or 4)
            {
                nint at = *place++;
                b0 = TLanes.Select(from0, TLanes.Load(source.Second0 + at), TLanes.Load(source.First0 + at));
                b1 = TLanes.Select(from1, TLanes.Load(source.Second1 + at), TLanes.Load(source.First1 + at));
                TLanes.Store(b0, b);
                TLanes.Store(b1, b + TLanes.Count);
            }
            else if (TPacked.Count == 2)
            {
                T* from = source.First0 + *place++;
                T* mask = source.Masks + *maskPlace++;
                b0 = TLanes.And(TLanes.Load(mask), TLanes.Load(from));
                b1 = TLanes.And(TLanes.Load(mask + TLanes.Count), TLanes.Load(from + TLanes.Count));
                TLanes.Store(b0, b);
                TLanes.Store(b1, b + TLanes.Count);
            }
            else if (TPacked.Count == 3)
            {
                b0 = TRegisters.Count == 1 ? TLanes.Load(b, inside) : TLanes.Load(b);
                b1 = TRegisters.Count == 2 ? TLanes.Load(b + TLanes.Count, inside) : default;
            }
            else
            {
                b0 = TLanes.Load(b);
                if (TRegisters.Count == 2)
                {
                    b1 = TLanes.Load(b + TLanes.Count);
                }
            }

            if (TFetched.Count == 1 && Sse.IsSupported && (k & next.Mask) == 0)
            {
                // The three lines that two registers may touch, one after the other: memory gives neighbours at once.
                T* line = next.Column + *next.Depths++;
                Sse.Prefetch1(line);
                Sse.Prefetch1(line + TLanes.Count);
                Sse.Prefetch1(line + (2 * TLanes.Count) - 1);
            }

            if (TPacked.Count == 0 && TFetched.Count == 0 && TRegisters.Count == 2 && Sse.IsSupported)
            {
                // Rows that lie side by side for each k, and these a page apart, come one line at a time.
                Sse.Prefetch0(a + (RowsAhead * depthA) + TRows.Count - 1);
            }

            nint skipped = TPacked.Count >= 4 ? *term++ * depthA : 0;
            T* x = a + skipped;
            T* x4 = a4 + skipped;
            T* x8 = a8 + skipped;
            T* x12 = a12 + skipped;
            Pair<TRegisters>(TLanes.Broadcast(*x), TLanes.Broadcast(x[rowA]), b0, b1, ref c00, ref c01, ref c10, ref c11);
            Pair<TRegisters>(TLanes.Broadcast(x[two]), TLanes.Broadcast(x[three]), b0, b1, ref c20, ref c21, ref c30, ref c31);
            if (TRows.Count > 4)
            {
                Pair<TRegisters>(TLanes.Broadcast(*x4), TLanes.Broadcast(x4[rowA]), b0, b1, ref c40, ref c41, ref c50, ref c51);
            }

            if (TRows.Count > 6)
            {
                Pair<TRegisters>(TLanes.Broadcast(x4[two]), TLanes.Broadcast(x4[three]), b0, b1, ref c60, ref c61, ref c70, ref c71);
            }

            if (TRows.Count > 8)
            {
                Pair<TRegisters>(TLanes.Broadcast(*x8), TLanes.Broadcast(x8[rowA]), b0, b1, ref c80, ref c81, ref c90, ref c91);
            }

            if (TRows.Count > 10)
            {
                Pair<TRegisters>(TLanes.Broadcast(x8[two]), TLanes.Broadcast(x8[three]), b0, b1, ref cx0, ref cx1, ref cy0, ref cy1);
            }

            if (TRows.Count > 12)
            {
                Pair<TRegisters>(TLanes.Broadcast(*x12), TLanes.Broadcast(x12[rowA]), b0, b1, ref cz0, ref cz1, ref cu0, ref cu1);
            }

            if (TRows.Count > 14)
            {
                Pair<TRegisters>(TLanes.Broadcast(x12[two]), TLanes.Broadcast(x12[three]), b0, b1, ref cv0, ref cv1, ref cw0, ref cw1);
            }

            if (TPacked.Count < 4)
            {
                a += depthA;
                a4 += depthA;
                a8 += depthA;
                a12 += TRows.Count > 12 ? depthA : 0;
            }

            b += depthB;
        }

        // One test for all: a jump for each register takes as long as ten k.
        if (add)
        {
            AddTo<TRegisters, TPacked>(c + rows[0], ref c00, ref c01, inside);
            AddTo<TRegisters, TPacked>(c + rows[1], ref c10, ref c11, inside);
            AddTo<TRegisters, TPacked>(c + rows[2], ref c20, ref c21, inside);
            AddTo<TRegisters, TPacked>(c + rows[3], ref c30, ref c31, inside);
            if (TRows.Count > 4)
            {
                AddTo<TRegisters, TPacked>(c + rows[4], ref c40, ref c41, inside);
                AddTo<TRegisters, TPacked>(c + rows[5], ref c50, ref c51, inside);
            }

            if (TRows.Count > 6)
            {
                AddTo<TRegisters, TPacked>(c + rows[6], ref c60, ref c61, inside);
                AddTo<TRegisters, TPacked>(c + rows[7], ref c70, ref c71, inside);
            }

            if (TRows.Count > 8)
            {
                AddTo<TRegisters, TPacked>(c + rows[8], ref c80, ref c81, inside);
                AddTo<TRegisters, TPacked>(c + rows[9], ref c90, ref c91, inside);
            }

            if (TRows.Count > 10)
            {
                AddTo<TRegisters, TPacked>(c + rows[10], ref cx0, ref cx1, inside);
                AddTo<TRegisters, TPacked>(c + rows[11], ref cy0, ref cy1, inside);
            }

            if (TRows.Count > 12)
            {
                AddTo<TRegisters, TPacked>(c + rows[12], ref cz0, ref cz1, inside);
                AddTo<TRegisters, TPacked>(c + rows[13], ref cu0, ref cu1, inside);
            }

            if (TRows.Count > 14)
            {
                AddTo<TRegisters, TPacked>(c + rows[14], ref cv0, ref cv1, inside);
                AddTo<TRegisters, TPacked>(c + rows[15], ref cw0, ref cw1, inside);
            }
        }

        Put<TRegisters, TPacked>(c + rows[0], c00, c01, inside);
        Put<TRegisters, TPacked>(c + rows[1], c10, c11, inside);
        Put<TRegisters, TPacked>(c + rows[2], c20, c21, inside);
        Put<TRegisters, TPacked>(c + rows[3], c30, c31, inside);
        if (TRows.Count > 4)
        {
            Put<TRegisters, TPacked>(c + rows[4], c40, c41, inside);
            Put<TRegisters, TPacked>(c + rows[5], c50, c51, inside);
        }

        if (TRows.Count > 6)
        {
            Put<TRegisters, TPacked>(c + rows[6], c60, c61, inside);
            Put<TRegisters, TPacked>(c + rows[7], c70, c71, inside);
        }

        if (TRows.Count > 8)
        {
            Put<TRegisters, TPacked>(c + rows[8], c80, c81, inside);
            Put<TRegisters, TPacked>(c + rows[9], c90, c91, inside);
        }

        if (TRows.Count > 10)
        {
            Put<TRegisters, TPacked>(c + rows[10], cx0, cx1, inside);
            Put<TRegisters, TPacked>(c + rows[11], cy0, cy1, inside);
        }

        if (TRows.Count > 12)
        {
            Put<TRegisters, TPacked>(c + rows[12], cz0, cz1, inside);
            Put<TRegisters, TPacked>(c + rows[13], cu0, cu1, inside);
        }

        if (TRows.Count > 14)
        {
            Put<TRegisters, TPacked>(c + rows[14], cv0, cv1, inside);
            Put<TRegisters, TPacked>(c + rows[15], cw0, cw1, inside);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pair<TRegisters>(TVector x, TVector y, TVector b0, TVector b1, ref TVector x0, ref TVector x1, ref TVector y0, ref TVector y1)
        where TRegisters : struct, ITileExtent
    {
        x0 = TLanes.MultiplyAdd(x, b0, x0);
        if (TRegisters.Count == 2)
        {
            x1 = TLanes.MultiplyAdd(x, b1, x1);
        }

        y0 = TLanes.MultiplyAdd(y, b0, y0);
        if (TRegisters.Count == 2)
        {
            y1 = TLanes.MultiplyAdd(y, b1, y1);
        }
    }

    // C comes from far while the sums are made: its rows are pages apart, which no hardware foresees.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch<TRows, TRegisters>(T* c, int* rows)
        where TRows : struct, ITileExtent
        where TRegisters : struct, ITileExtent
    {
        for (int i = 0; i < TRows.Count && Sse.IsSupported; i++)
        {
            Sse.Prefetch0(c + rows[i]);
            Sse.Prefetch0(c + rows[i] + (TRegisters.Count * TLanes.Count) - 1);
        }
    }

    // Adds what C holds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddTo<TRegisters, TPacked>(T* c, ref TVector x, ref TVector y, TVector inside)
        where TRegisters : struct, ITileExtent
        where TPacked : struct, ITileExtent
    {
        x = TLanes.Add(TPacked.Count == 3 && TRegisters.Count == 1 ? TLanes.Load(c, inside) : TLanes.Load(c), x);
        if (TRegisters.Count == 2)
        {
            y = TLanes.Add(TPacked.Count == 3 ? TLanes.Load(c + TLanes.Count, inside) : TLanes.Load(c + TLanes.Count), y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<TRegisters, TPacked>(T* c, TVector x, TVector y, TVector inside)
        where TRegisters : struct, ITileExtent
        where TPacked : struct, ITileExtent
    {
        if (TPacked.Count == 3 && TRegisters.Count == 1)
        {
            TLanes.Store(x, c, inside);
            return;
        }

        TLanes.Store(x, c);
        if (TPacked.Count == 3)
        {
            TLanes.Store(y, c + TLanes.Count, inside);
        }
        else if (TRegisters.Count == 2)
        {
            TLanes.Store(y, c + TLanes.Count);
        }
    }
}
