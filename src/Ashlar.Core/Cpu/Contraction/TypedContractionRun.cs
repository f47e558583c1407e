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
    readonly FiniteTest? _finiteTest = plan.Terms is null ? null : new FiniteTest();
    readonly RowLimits _limits = new(plan.TakesLimits ? plan.Rows.Count : 0);
    T* _a;
    T* _b;
    T* _c;
    IContractionEpilogue? _epilogue;
    PanelTerms? _terms;

    public override void Limit(int* wanted, bool alongDepth) => _limits.Set(plan.Rows, wanted, alongDepth);

    public override void Execute(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue)
    {
        _a = (T*)a;
        _b = (T*)b;
        _c = (T*)c;
        _epilogue = epilogue;
        _terms = _finiteTest is not null && _finiteTest.Holds(pool, (float*)(_a + plan.A.Least), plan.A.End - plan.A.Least) ? plan.Terms : null;
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
                _partialSums.LeaveOut(_terms, _a, _b);
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
            _limits.Lift();
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

        if (plan.IsDirect)
        {
            ExecuteDirectly(batch, batchEnd, row, rowEnd, column, columnEnd);
            return;
        }

        long columnLength = plan.Kept is not null ? 0 : plan.Columns.PackedLength(column, plan.TakesColumnsOneByOne ? column + 1 : columnEnd, TileShape.Depth);
        long rowLength = plan.SharesRows || plan.ReadsRowsInPlace ? 0 : plan.Rows.PackedLength(row, Math.Min(row + plan.RowPanelsAtOnce, rowEnd), TileShape.Depth);
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

    // Tiles between operands and results where they lie: of small products there are many, and all else would take as long as they.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecuteDirectly(int batch, int batchEnd, int row, int rowEnd, int column, int columnEnd)
    {
        ContractionNest nest = plan.Nest;
        int[] heights = plan.Rows.Widths;
        int[] rowStarts = plan.Rows.Starts;
        int[] columnStarts = plan.Columns.Starts;
        int* rows = plan.Target.Rows.Data;
        int* across = plan.A.Across.Data;
        nint rowStep = plan.A.AcrossStep.GetValueOrDefault();
        nint rowDepth = plan.A.DepthStep.GetValueOrDefault();
        nint depthStep = plan.B.DepthStep.GetValueOrDefault();
        int depth = nest.K;
        ColumnPieces<T> pieces = default;
        for (; batch < batchEnd; batch++)
        {
            T* a = _a + nest.BatchA[batch] + nest.DepthA[0];
            T* b = _b + nest.BatchB[batch] + nest.DepthB[0];
            T* c = _c + nest.BatchC[batch];
            for (int p = column; p < columnEnd; p++)
            {
                int start = columnStarts[p];
                int width = plan.Columns.Widths[p];
                int registers = width / TLanes.Count;
                bool isPart = plan.Columns.Extents[p] < width;
                pieces.Lanes = plan.Columns.Extents[p] - ((registers - 1) * TLanes.Count);
                (int finite, int ended) = (0, 0);
                T* columns = b + nest.ColumnB[start];
                for (int r = row; r < rowEnd; r++)
                {
                    int wanted = _limits.Depth(r, start, 0, depth);
                    if (wanted < 0)
                    {
                        continue;
                    }

                    int first = rowStarts[r];
                    int zeros = rowStep == 1 && !isPart ? Zeros(batch, first, 0, a + across[first], rowDepth, heights[r], wanted, ref ended) : 0;
                    if (zeros > 0)
                    {
                        finite = LeadingZeros.FiniteBefore(columns, depthStep, width, finite, zeros);
                        zeros = Math.Min(zeros, finite);
                    }

                    TileKernel<T, TVector, TLanes>.Run(
                        heights[r], registers, a + across[first] + (zeros * rowDepth), rowStep, rowDepth, columns + (zeros * depthStep), depthStep, c + nest.ColumnC[start], rows + first, wanted - zeros, add: false, isPart ? &pieces : null);
                }
            }

            Finish(batch, row, rowEnd, column, columnEnd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecuteBlock(int batch, int start, int row, int rowEnd, int column, int columnEnd, T* packedColumns, T* packedRows)
    {
        ContractionNest nest = plan.Nest;
        int depthEnd = Math.Min(start + plan.DepthInChunk, nest.K);
        if (plan.FinishesColumns)
        {
            for (int p = column; p < columnEnd; p++)
            {
                for (int k = start; k < depthEnd; k += TileShape.Depth)
                {
                    int depth = Math.Min(TileShape.Depth, nest.K - k);
                    ExecuteColumns(batch, k, depth, row, rowEnd, p, Rows(batch, k, depth, row), packedColumns);
                }
            }

            if (depthEnd == nest.K && !plan.HoldsSums)
            {
                Finish(batch, row, rowEnd, column, columnEnd);
            }

            return;
        }

        do
        {
            int depth = Math.Min(TileShape.Depth, nest.K - start);
            if (!plan.TakesColumnsOneByOne && plan.Kept is null)
            {
                PackColumns(batch, column, columnEnd, start, depth, packedColumns);
            }

            for (int first = row; first < rowEnd; first += plan.RowPanelsAtOnce)
            {
                int end = Math.Min(first + plan.RowPanelsAtOnce, rowEnd);
                T* rows = Rows(batch, start, depth, first);
                if (rows == null)
                {
                    rows = packedRows;
                    PackRows(batch, first, end, start, depth, rows);
                }

                T* panel = packedColumns;
                bool fetchesRows = rows == packedRows && plan.FetchesRows && end == rowEnd && start + depth < depthEnd;
                for (int p = column; p < columnEnd; p++)
                {
                    if (fetchesRows)
                    {
                        FetchRows(batch, start + depth, row, rowEnd, p - column, columnEnd - column);
                    }

                    ExecuteColumns(batch, start, depth, first, end, p, rows, panel);
                    panel += plan.TakesColumnsOneByOne ? 0 : plan.Columns.PackedLength(p, p + 1, depth);
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

    // The rows where they are or were packed before, or null.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T* Rows(int batch, int start, int depth, int first)
    {
        if (plan.ReadsRowsInPlace)
        {
            return _a + plan.Nest.BatchA[batch] + plan.Nest.DepthA[start];
        }

        return plan.SharesRows ? _sharedRows.At(batch, first, start, depth) : null;
    }

    // One panel of columns, which lies packed at the given place or has its room there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecuteColumns(int batch, int start, int depth, int first, int end, int p, T* rows, T* panel)
    {
        ContractionNest nest = plan.Nest;
        if (!_limits.Reach(first, end, plan.Columns.Starts[p]))
        {
            return;
        }

        T* c = plan.HoldsSums ? _partialSums.At(batch, start) : _c + nest.BatchC[batch];
        bool add = start > 0 && !plan.SplitsDepth;
        if (plan.Kept is { } kept)
        {
            ExecutePanel(batch, start, c, first, end, p, rows, _b + kept.Before(p, start), plan.Columns.Widths[p], depth, add, null);
        }
        else if (plan.ReadsInPlace(p))
        {
            T* b = _b + nest.BatchB[batch] + nest.DepthB[start] + nest.ColumnB[plan.Columns.Starts[p]];
            ExecutePanel(batch, start, c, first, end, p, rows, b, plan.B.DepthStep.GetValueOrDefault(), depth, add, null);
        }
        else if (plan.B.Positions > 0)
        {
            ExecutePaddedColumns(batch, start, depth, first, end, p, rows, panel);
        }
        else if (plan.PacksOnTheWay(p, nest.BatchB[batch], start))
        {
            ColumnPieces<T> pieces = plan.B.Pieces.Of(p, _b + nest.BatchB[batch], plan.B.Depth.Data + start);
            _terms?.Choose(p, start, ref pieces);
            ExecutePanel(batch, start, c, first, end, p, rows, panel, plan.Columns.Widths[p], depth, add, &pieces);
        }
        else
        {
            if (plan.TakesColumnsOneByOne)
            {
                PackColumns(batch, p, p + 1, start, depth, panel);
            }

            ExecutePanel(batch, start, c, first, end, p, rows, panel, plan.Columns.Widths[p], depth, add, null);
        }
    }

    // The first k at which all rows of a panel, read where they are, are zero: those that are known to be, and those behind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Zeros(int batch, int row, int start, T* a, nint depthA, int height, int depth, ref int ended)
    {
        ended = plan.IsTransposed || plan.Ends is not { } ends ? 0 : ends.Before((batch * plan.Nest.K) + start, depth, row, Math.Min(ended, depth));
        return ended + LeadingZeros.Across(a + (ended * depthA), depthA, height, depth - ended);
    }

    // A panel some of whose elements are padding: masks take the place of zeros in memory.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecutePaddedColumns(int batch, int start, int depth, int first, int end, int p, T* rows, T* panel)
    {
        T* c = plan.HoldsSums ? _partialSums.At(batch, start) : _c + plan.Nest.BatchC[batch];
        bool add = start > 0 && !plan.SplitsDepth;
        nint step = plan.Columns.Widths[p];
        if (!plan.PacksOnTheWay(p, plan.Nest.BatchB[batch], start))
        {
            if (plan.TakesColumnsOneByOne)
            {
                PackColumns(batch, p, p + 1, start, depth, panel);
            }

            ExecutePanel(batch, start, c, first, end, p, rows, panel, step, depth, add, null);
            return;
        }

        T* masks = stackalloc T[PaddedPacker<T, TVector, TLanes>.MaskLength];
        PaddedPacker<T, TVector, TLanes>.LoadMasks(plan.B, p, masks);
        ColumnPieces<T> pieces = plan.B.Pieces.Of(p, _b + plan.Nest.BatchB[batch], plan.B.Depth.Data + start);
        pieces.Masks = masks;
        pieces.MaskPlaces = plan.B.MaskPlaces!.Data + start;
        ExecutePanel(batch, start, c, first, end, p, rows, panel, step, depth, add, &pieces);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecutePanel(int batch, int start, T* c, int first, int end, int columnPanel, T* rows, T* columns, nint step, int depth, bool add, ColumnPieces<T>* pieces)
    {
        PanelAhead<T> ahead = default;
        int parts = plan.PartsAhead(end - first, depth);
        int depthInPart = parts == 0 ? 0 : depth / parts;
        int startAhead = 0;
        if (parts > 0)
        {
            ahead.Mask = parts - 1;
            (int panelAhead, startAhead) = plan.PanelAfter(columnPanel, start);
            bool isThere = panelAhead < plan.Columns.Count;
            ahead.Column = !isThere ? null : plan.Kept is { } kept ? _b + kept.Before(panelAhead, startAhead) : _b + plan.Nest.BatchB[batch] + plan.B.Across.Data[plan.Columns.Starts[panelAhead]];
            parts = isThere ? Math.Min(parts, (plan.Nest.K - startAhead) / depthInPart) : 0;
        }

        int width = plan.Columns.Widths[columnPanel];
        int registers = width / TLanes.Count;
        (int finite, int ended) = (0, 0);
        bool leavesOut = pieces != null && pieces->Terms != null;
        int* target = plan.Target.Rows.Data;
        int* across = plan.A.Across.Data;
        T* corner = c + plan.Target.Columns.Data[plan.Columns.Starts[columnPanel]];
        nint rowStep = plan.A.AcrossStep.GetValueOrDefault();
        nint rowDepth = plan.A.DepthStep.GetValueOrDefault();
        for (int p = first; p < end; p++)
        {
            if (plan.FetchesRuns)
            {
                FetchRuns(batch, start, columnPanel, p - first, end - first);
            }

            int height = plan.Rows.Widths[p];
            int row = plan.Rows.Starts[p];
            int wanted = _limits.Depth(p, plan.Columns.Starts[columnPanel], start, depth);
            if (wanted < 0)
            {
                rows += plan.ReadsRowsInPlace ? 0 : plan.Rows.PackedLength(p, p + 1, depth);
                continue;
            }

            T* a = rows;
            nint rowA = 1;
            nint depthA = height;
            int zeros = 0;
            if (plan.ReadsRowsInPlace)
            {
                a += across[row];
                rowA = rowStep;
                depthA = rowDepth;
                zeros = rowStep == 1 && pieces == null ? Zeros(batch, row, start, a, depthA, height, wanted, ref ended) : 0;
            }
            else
            {
                zeros = Math.Min(wanted, LeadingZeros.Of(rows, height, depth));
                rows += plan.Rows.PackedLength(p, p + 1, depth);
            }

            // The first tile may have columns to pack, and whole ones to fetch for the next.
            if (zeros > 0 && pieces == null && parts == 0)
            {
                finite = LeadingZeros.FiniteBefore(columns, step, width, finite, zeros);
                zeros = Math.Min(zeros, finite);
                a += zeros * depthA;
            }
            else
            {
                zeros = 0;
            }

            T* b = columns + (zeros * step);

            if (plan.Target.TakesRegisters(p, columnPanel))
            {
                int part = p - first - (plan.Kept is null ? 1 : 0);
                bool fetches = part >= 0 && part < parts;
                if (fetches)
                {
                    ahead.Depths = plan.Kept is null ? plan.B.Depth.Data + startAhead + (part * depthInPart) : plan.KeptPlaces.Data + (part * depthInPart);
                }

                TileKernel<T, TVector, TLanes>.Run(height, registers, a, rowA, depthA, b, step, corner, target + row, leavesOut ? pieces->TermCount : wanted - zeros, add, pieces, fetches ? &ahead : null);
            }
            else
            {
                ExecuteAside(c, p, columnPanel, a, rowA, depthA, b, step, leavesOut ? pieces->TermCount : wanted - zeros, add, pieces);
            }

            // The next tiles find the panel packed.
            pieces = leavesOut ? pieces : null;
            if (leavesOut)
            {
                pieces->First0 = null;
            }
        }
    }

    // A part of the panel of columns that will be packed next.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FetchRuns(int batch, int start, int columnPanel, int part, int parts)
    {
        bool goesDown = plan.FinishesColumns || plan.ColumnPanelsInChunk == 1;
        int next = start + TileShape.Depth;
        if (!goesDown || next >= plan.Nest.K)
        {
            next = goesDown ? 0 : start;
            columnPanel++;
        }

        if (columnPanel < plan.Columns.Count)
        {
            RunsAhead.Fetch(plan.B, _b + plan.Nest.BatchB[batch], columnPanel, next, Math.Min(TileShape.Depth, plan.Nest.K - next), part, parts);
        }
    }

    // A tile that C does not take as registers is computed beside it.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ExecuteAside(T* c, int rowPanel, int columnPanel, T* a, nint rowA, nint depthA, T* columns, nint step, int depth, bool add, ColumnPieces<T>* pieces)
    {
        T* spare = stackalloc T[TileShape.MostElements];
        int* spareRows = stackalloc int[TileShape.TallestNarrow];
        int width = plan.Columns.Widths[columnPanel];
        int height = plan.Rows.Widths[rowPanel];
        for (int i = 0; i < height; i++)
        {
            spareRows[i] = i * width;
        }

        TileKernel<T, TVector, TLanes>.Run(height, width / TLanes.Count, a, rowA, depthA, columns, step, spare, spareRows, depth, add: false, pieces);
        TileScatter<T>.Put(spare, width, plan.Target, rowPanel, columnPanel, c, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackRows(int batch, int first, int end, int start, int depth, T* destination)
    {
        for (int p = first; p < end; p++)
        {
            PanelPacker<T, TVector, TLanes>.Pack(plan.A, _a, plan.Nest.BatchA[batch], p, start, depth, destination);
            LeadingZeros.Note(destination, plan.Rows.Widths[p], depth);
            destination += plan.Rows.PackedLength(p, p + 1, depth);
        }
    }

    // The rows over the next chunk of k, a few with each panel of columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FetchRows(int batch, int start, int row, int rowEnd, int part, int parts)
    {
        int panels = rowEnd - row;
        int depth = Math.Min(TileShape.Depth, plan.Nest.K - start);
        for (int p = panels * part / parts; p < Math.Max(panels * (part + 1) / parts, (panels * part / parts) + 1); p++)
        {
            int share = Math.Max(1, parts / panels);
            RunsAhead.Fetch(plan.A, _a + plan.Nest.BatchA[batch], row + p, start, depth, part % share, share);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackColumns(int batch, int first, int end, int start, int depth, T* destination)
    {
        for (int p = first; p < end; p++)
        {
            if (plan.B.Positions > 0)
            {
                PackPaddedColumns(batch, p, start, depth, destination);
            }
            else if (!plan.ReadsInPlace(p))
            {
                PanelPacker<T, TVector, TLanes>.Pack(plan.B, _b, plan.Nest.BatchB[batch], p, start, depth, destination);
            }

            destination += plan.Columns.PackedLength(p, p + 1, depth);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackPaddedColumns(int batch, int p, int start, int depth, T* destination)
    {
        T* masks = stackalloc T[PaddedPacker<T, TVector, TLanes>.MaskLength];
        PaddedPacker<T, TVector, TLanes>.LoadMasks(plan.B, p, masks);
        int offset = plan.Nest.BatchB[batch];
        PaddedPacker<T, TVector, TLanes>.Pack(plan.B, _b + offset, offset, p, start, depth, masks, destination);
    }

    void Finish(int batch, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        if (_epilogue is null)
        {
            return;
        }

        int row = plan.Rows.Starts[firstRow];
        int column = plan.Columns.Starts[firstColumn];
        plan.Finish(_epilogue, batch, row, plan.Rows.EndBefore(endRow) - row, column, plan.Columns.EndBefore(endColumn) - column);
    }
}
