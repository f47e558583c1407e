using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Sums in dense memory before they go to C. Where each 256 of k has its own, they are added in the order that the law asks for: laid out as [batch, sum, M, N].</summary>
sealed unsafe class PartialSums<T, TVector, TLanes>(ContractionPlan plan) : IChunkWork
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    // Additions that pay for one more chunk.
    const int LeastWork = 1 << 14;

    const int NegativeZero = int.MinValue;

    T* _sums;
    T* _a;
    T* _b;
    T* _c;
    PanelTerms? _terms;
    IContractionEpilogue? _epilogue;

    public long Bytes => (long)plan.Nest.Batch * plan.HeldSums * plan.Nest.M * plan.Nest.N * sizeof(T);

    /// <summary>Chunks of the final additions.</summary>
    public int Chunks => plan.Nest.Batch * RowBlocks;

    int RowsInChunk => (int)Math.Clamp(LeastWork / ((long)plan.HeldSums * plan.Nest.N), 1, plan.Nest.M);

    int RowBlocks => (plan.Nest.M + RowsInChunk - 1) / RowsInChunk;

    public void Begin(T* sums, T* c, IContractionEpilogue? epilogue)
    {
        _sums = sums;
        _c = c;
        _epilogue = epilogue;
    }

    /// <summary>Says which sums lack their terms of padding, and where the operands are.</summary>
    public void LeaveOut(PanelTerms? terms, T* a, T* b)
    {
        _terms = terms;
        _a = a;
        _b = b;
    }

    /// <summary>Lets go of what <see cref="Begin"/> was given.</summary>
    public void End()
    {
        Begin(null, null, null);
        LeaveOut(null, null, null);
    }

    /// <summary>The sum that begins at k = <paramref name="start"/>.</summary>
    public T* At(int batch, int start) => _sums + ((((long)batch * plan.HeldSums) + (plan.SplitsDepth ? start / TileShape.Depth : 0)) * plan.Nest.M * plan.Nest.N);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int chunk)
    {
        int batch = chunk / RowBlocks;
        int start = chunk % RowBlocks * RowsInChunk;
        int count = Math.Min(RowsInChunk, plan.Nest.M - start);
        for (int row = start; row < start + count; row++)
        {
            T* first = At(batch, 0) + ((long)row * plan.Nest.N);
            if (plan.HeldSums > 1)
            {
                AddUp(first, (nint)plan.Nest.M * plan.Nest.N, plan.HeldSums, plan.Nest.N);
            }

            if (_terms is not null)
            {
                SumWhole(_terms, batch, row, first);
            }

            T* target = _c + plan.Nest.BatchC[batch] + plan.Nest.RowC[row];
            if (plan.Grid is { } grid)
            {
                Transpose(first, grid, target + plan.Nest.ColumnC[0]);
            }
            else
            {
                TileScatter<T>.PutRow(first, plan.C.Columns.Data, plan.Nest.N, target);
            }
        }

        plan.Finish(_epilogue, batch, start, count, 0, plan.Nest.N);
    }

    // Where sums end as -0 without their terms of padding, those of the row and panel are made again with them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumWhole(PanelTerms terms, int batch, int row, T* sums)
    {
        for (int p = 0; p < plan.Columns.Count; p++)
        {
            int start = plan.Columns.Starts[p];
            int width = plan.Columns.Widths[p];
            if (!terms.LeavesOut(p) || !new ReadOnlySpan<int>(sums + start, width).Contains(NegativeZero))
            {
                continue;
            }

            for (int column = start; column < start + width; column += TLanes.Count)
            {
                TLanes.Store(WholeSum(batch, row, column), sums + column);
            }
        }
    }

    // A register of neighbouring columns, by the law.
    TVector WholeSum(int batch, int row, int column)
    {
        ContractionNest nest = plan.Nest;
        T* a = _a + nest.BatchA[batch] + nest.RowA[row];
        T* b = _b + nest.BatchB[batch] + nest.ColumnB[column];
        TVector total = default;
        for (int start = 0; start < nest.K; start += TileShape.Depth)
        {
            TVector sum = default;
            for (int k = start; k < Math.Min(start + TileShape.Depth, nest.K); k++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(a[nest.DepthA[k]]), TLanes.Load(b + nest.DepthB[k]), sum);
            }

            total = start == 0 ? sum : TLanes.Add(total, sum);
        }

        return total;
    }

    // The last strip reaches back rather than past the places of this row.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transpose(T* sums, ColumnGrid grid, T* target)
    {
        bool isWide = sizeof(T) == 4 && BlockTranspose512.IsSupported && grid.Outer >= BlockTranspose512.Side;
        int side = isWide ? BlockTranspose512.Side : BlockTranspose.Side<T>();
        int* rows = stackalloc int[side];
        for (int i = 0; i < side; i++)
        {
            rows[i] = i * grid.Inner;
        }

        for (int p = 0; p < grid.Outer; p += side)
        {
            int at = Math.Min(p, grid.Outer - side);
            T* from = sums + ((nint)at * grid.Inner);
            if (isWide)
            {
                BlockTranspose512.Run((float*)from, rows, grid.Inner, (float*)(target + at), grid.Step, 1);
            }
            else
            {
                BlockTranspose.Run(from, rows, grid.Inner, target + at, grid.Step);
            }
        }
    }

    // Adds rows 1, 2, … to row 0, each element in that order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddUp(T* first, nint step, int sums, int columns)
    {
        int column = 0;
        for (; column <= columns - TLanes.Count; column += TLanes.Count)
        {
            TVector total = TLanes.Load(first + column);
            for (int i = 1; i < sums; i++)
            {
                total = TLanes.Add(total, TLanes.Load(first + (i * step) + column));
            }

            TLanes.Store(total, first + column);
        }

        for (; column < columns; column++)
        {
            for (int i = 1; i < sums; i++)
            {
                first[column] = TileScatter<T>.Sum(first[column], first[(i * step) + column]);
            }
        }
    }
}
