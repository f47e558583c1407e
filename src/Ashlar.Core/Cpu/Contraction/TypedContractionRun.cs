using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>The run for one element type and one register width.</summary>
sealed unsafe class TypedContractionRun<T, TVector, TLanes>(ContractionPlan plan) : ContractionRun, IChunkWork
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    readonly SharedRows<T, TVector, TLanes> _sharedRows = new(plan);
    readonly PartialSums<T, TVector, TLanes> _partialSums = new(plan);
    T* _a;
    T* _b;
    T* _c;
    IContractionEpilogue? _epilogue;

    public override void Execute(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue)
    {
        _a = (T*)a;
        _b = (T*)b;
        _c = (T*)c;
        _epilogue = epilogue;
        PackingMemory? shared = plan.SharesRows ? PackingMemory.Take(_sharedRows.Bytes) : null;
        PackingMemory? partial = plan.HoldsSums ? PackingMemory.Take(_partialSums.Bytes) : null;
        try
        {
            if (shared is not null)
            {
                _sharedRows.Pack(pool, _a, (T*)shared.Data);
            }

            if (partial is null)
            {
                pool.Run(plan.Chunks, this);
            }
            else
            {
                _partialSums.Begin((T*)partial.Data, _c, epilogue);
                pool.Run(plan.Chunks, this);
                pool.Run(_partialSums.Chunks, _partialSums);
            }
        }
        finally
        {
            partial?.Return();
            shared?.Return();
            _partialSums.End();
            _epilogue = null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IChunkWork.Execute(int chunk)
    {
        int column = chunk % plan.ColumnBlocks * plan.ColumnPanelsInChunk;
        int row = chunk / plan.ColumnBlocks % plan.RowBlocks * plan.RowPanelsInChunk;
        int depth = chunk / plan.ColumnBlocks / plan.RowBlocks % plan.DepthBlocks * plan.DepthInChunk;
        int batch = chunk / plan.ColumnBlocks / plan.RowBlocks / plan.DepthBlocks * plan.BatchesInChunk;
        int columnEnd = Math.Min(column + plan.ColumnPanelsInChunk, plan.Columns.Count);
        int rowEnd = Math.Min(row + plan.RowPanelsInChunk, plan.Rows.Count);
        int batchEnd = Math.Min(batch + plan.BatchesInChunk, plan.Nest.Batch);

        long columnLength = plan.Columns.PackedLength(column, plan.TakesColumnsOneByOne ? column + 1 : columnEnd, TileShape.Depth);
        long rowLength = plan.SharesRows ? 0 : plan.Rows.PackedLength(row, Math.Min(row + plan.RowPanelsAtOnce, rowEnd), TileShape.Depth);
        PackingMemory memory = PackingMemory.Take((columnLength + rowLength) * sizeof(T));
        try
        {
            T* columns = (T*)memory.Data;
            for (; batch < batchEnd; batch++)
            {
                ExecuteBlock(batch, depth, row, rowEnd, column, columnEnd, columns, columns + columnLength);
            }
        }
        finally
        {
            memory.Return();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecuteBlock(int batch, int start, int row, int rowEnd, int column, int columnEnd, T* packedColumns, T* packedRows)
    {
        ContractionNest nest = plan.Nest;
        int depthEnd = Math.Min(start + plan.DepthInChunk, nest.K);
        do
        {
            int depth = Math.Min(TileShape.Depth, nest.K - start);
            if (!plan.TakesColumnsOneByOne)
            {
                PackColumns(batch, column, columnEnd, start, depth, packedColumns);
            }

            for (int first = row; first < rowEnd; first += plan.RowPanelsAtOnce)
            {
                int end = Math.Min(first + plan.RowPanelsAtOnce, rowEnd);
                T* rows = plan.SharesRows ? _sharedRows.At(batch, first, start, depth) : packedRows;
                if (!plan.SharesRows)
                {
                    PackRows(batch, first, end, start, depth, packedRows);
                }

                T* panel = packedColumns;
                for (int p = column; p < columnEnd; p++)
                {
                    nint step = plan.Columns.Widths[p];
                    T* from = panel;
                    if (plan.ReadsColumnsInPlace && plan.Columns.Extents[p] == step && plan.B.Pieces.IsOneRun(p, plan.Columns.Widths[p] / TLanes.Count, TLanes.Count))
                    {
                        from = _b + nest.BatchB[batch] + nest.DepthB[start] + nest.ColumnB[plan.Columns.Starts[p]];
                        step = plan.B.DepthStep.GetValueOrDefault();
                    }
                    else if (plan.TakesColumnsOneByOne)
                    {
                        PackColumns(batch, p, p + 1, start, depth, panel);
                    }
                    else
                    {
                        panel += plan.Columns.PackedLength(p, p + 1, depth);
                    }

                    T* c = plan.HoldsSums ? _partialSums.At(batch, start) : _c + nest.BatchC[batch];
                    ExecutePanel(c, first, end, p, rows, from, step, depth, start > 0 && !plan.SplitsDepth);
                }

                if (start + depth == nest.K && !plan.HoldsSums)
                {
                    Finish(batch, first, end, column, columnEnd);
                }
            }

            start += depth;
        }
        while (start < depthEnd);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecutePanel(T* c, int first, int end, int columnPanel, T* rows, T* columns, nint step, int depth, bool add)
    {
        T* spare = stackalloc T[TileShape.MostElements];
        int* spareRows = stackalloc int[TileShape.Tall];
        int width = plan.Columns.Widths[columnPanel];
        for (int i = 0; i < TileShape.Tall; i++)
        {
            spareRows[i] = i * width;
        }

        int registers = width / TLanes.Count;
        for (int p = first; p < end; p++)
        {
            int height = plan.Rows.Widths[p];
            int* rowOffsets = plan.Target.Rows.Data + plan.Rows.Starts[p];
            if (plan.Target.TakesRegisters(p, columnPanel))
            {
                T* corner = c + plan.Target.Columns.Data[plan.Columns.Starts[columnPanel]];
                TileKernel<T, TVector, TLanes>.Run(height, registers, rows, columns, step, corner, rowOffsets, depth, add);
            }
            else
            {
                TileKernel<T, TVector, TLanes>.Run(height, registers, rows, columns, step, spare, spareRows, depth, add: false);
                TileScatter<T>.Put(spare, width, plan.Target, p, columnPanel, c, add);
            }

            rows += plan.Rows.PackedLength(p, p + 1, depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackRows(int batch, int first, int end, int start, int depth, T* destination)
    {
        for (int p = first; p < end; p++)
        {
            PanelPacker<T, TVector, TLanes>.Pack(plan.A, _a, plan.Nest.BatchA[batch], p, start, depth, destination);
            destination += plan.Rows.PackedLength(p, p + 1, depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackColumns(int batch, int first, int end, int start, int depth, T* destination)
    {
        for (int p = first; p < end; p++)
        {
            PanelPacker<T, TVector, TLanes>.Pack(plan.B, _b, plan.Nest.BatchB[batch], p, start, depth, destination);
            destination += plan.Columns.PackedLength(p, p + 1, depth);
        }
    }

    void Finish(int batch, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        int row = plan.Rows.Starts[firstRow];
        int column = plan.Columns.Starts[firstColumn];
        plan.Finish(_epilogue, batch, row, plan.Rows.EndBefore(endRow) - row, column, plan.Columns.EndBefore(endColumn) - column);
    }
}
