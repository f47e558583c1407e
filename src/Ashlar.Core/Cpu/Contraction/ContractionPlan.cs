using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>How a nest is computed: which operand is on which side, how each is packed, and how C is cut into chunks.</summary>
/// <remarks>Everything follows from the tables and the width of the registers, nothing from the number of threads.</remarks>
sealed class ContractionPlan
{
    // Multiply-adds that pay for one more chunk: some microseconds of work.
    const long LeastWork = 1 << 17;

    // Enough to balance many threads, few enough that B's panels are packed in groups.
    const int MostChunks = 64;

    // Forty times twelve rows: a chunk's packed rows stay in the second-level cache.
    const int RowPanelsInCache = 40;

    // As many panels of rows hide what packing the columns once more for them costs.
    const int GoodRowPanels = 20;

    // Fewer panels of rows would not repay packing the columns once more for them.
    const int LeastRowPanels = 8;

    // Two hundred and fifty-six columns: each row that is read again costs a sixteenth of what it is multiplied with.
    const int ColumnPanelsInCache = 8;

    // Rows of more elements come from far each time they are read: for few columns that takes longer than the products.
    const long NearElements = 1 << 20;

    // More chunks of one product would not balance the threads better.
    const int EnoughChunks = 32;

    // More panels of rows would read the columns from afar more often than packing them once does.
    const int MostRowPanelsInPlace = 22;

    // What comes from memory is packed by the first tile: lines pages apart push each other out of the first-level cache, and reading them again hinders fetching ahead.
    const long MostBytesInPlace = 8 << 20;

    // One panel of rows is packed in no time beside as many columns, and then shares the first-level cache with them better.
    const int ManyColumnPanels = 8;

    // Rows a multiple of so many bytes apart share few lines of the second-level cache: read where they are, many would come from the third for each panel of columns.
    const int FarRowBytes = 8192;

    // Rows a multiple of so many bytes apart share one line of each way of the first-level cache.
    const int NearRowBytes = 4096;

    // Fewer panels of rows or columns would not repay packing rows that are so far apart.
    const int ManyFarRowPanels = 8 * GoodRowPanels;
    const int ManyFarColumnPanels = 64;

    // Rows that lie side by side for each k are read where they are for so few columns: packing them would cost half as much as the products.
    const int FewColumnPanels = 2;

    // Fewer chunks than this leave threads idle; so do chunks of more than the work below where there are few.
    const int FewestChunks = 4;
    const int FewChunks = 12;
    const long MuchWork = 1 << 22;

    // Fewer panels of rows would not repay packing the columns where each chunk packs both.
    const int LeastOwnRowPanels = 3;

    // Columns apart in C are visited once for so many sums, not for each.
    public const int ManySums = 3;

    // Shorter chunks of k are over before what is fetched would come.
    const int LeastDepthToFetch = 64;

    // An operand of fewer bytes stays near.
    const long SecondLevelBytes = 1 << 20;

    // Rows over all of k that stay in the second-level cache while the columns pass.
    const long MostRowBytes = 1 << 19;

    const long MostSharedElements = 1 << 23;
    const int MostPackedColumnBytes = 1 << 19;

    readonly bool _isFarB;

    /// <param name="nest">What to compute.</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    /// <param name="kept">How B lies in panels already, or null.</param>
    public ContractionPlan(ContractionNest nest, int registerBytes, KeptLayout? kept = null)
    {
        Kept = kept;
        KeptPlaces = new OffsetTable(kept is null ? [] : Steps(TileShape.Depth, kept.Columns.Widths[0]));
        RegisterBytes = registerBytes;
        int register = registerBytes / nest.Type.ItemSize;
        IsTransposed = kept is null && nest.Padding is null && PrefersTransposed(nest, registerBytes);
        Nest = IsTransposed ? nest.Transposed() : nest;
        Register = register;
        Rows = Panels.OfRows(Nest.M, TallestTile(Nest, register, registerBytes));
        Columns = Panels.OfColumns(Nest.N, register, Nest.RepeatsColumns);
        A = new PanelSource(Rows, Nest.BatchA, Nest.RowA, Nest.DepthA, register);
        B = new PanelSource(Columns, Nest.BatchB, Nest.ColumnB, Nest.DepthB, register, nest.Padding);
        C = new TileTarget(Nest.RowC, Nest.ColumnC, Rows, Columns);
        Grid = ColumnGrid.Of(Nest.ColumnC);
        long bytesB = Nest.Batch == 0 ? 0 : (B.End - B.Least - (Nest.BatchB.Max() - (long)Nest.BatchB.Min())) * nest.Type.ItemSize;
        ReadsRowsInPlace = Rows.WidthsBefore[^1] == Nest.M && !RowsCompete && !RowsCompeteBesidePanels && ((A.IsRowMajor && (Rows.Count > 1 || Columns.Count < ManyColumnPanels)) || (A.IsColumnMajor && Columns.Count <= FewColumnPanels));
        ReadsColumnsInPlace = kept is null && nest.Padding is null && Rows.Count <= MostRowPanelsInPlace && bytesB <= MostBytesInPlace && Nest.K > 0 && B.Way == PackingWay.Copy && B.DepthStep.HasValue;
        Cut();
        if (PacksOwnRows && RowBlocks > 1 && Rows.Count % RowBlocks != 0)
        {
            // The last of few blocks would be much smaller than the others, and leave a thread idle.
            Rows = Panels.OfRows(Nest.M, TallestTile(Nest, register, registerBytes), RowBlocks);
            A = new PanelSource(Rows, Nest.BatchA, Nest.RowA, Nest.DepthA, register);
            C = new TileTarget(Nest.RowC, Nest.ColumnC, Rows, Columns);
            RowPanelsInChunk = Rows.Count / RowBlocks;
        }

        CutDepth();
        _isFarB = kept is null && TakesColumnsOneByOne && B.Way == PackingWay.Copy && bytesB > SecondLevelBytes;
        FetchesRuns = kept is null && TakesColumnsOneByOne && B.Way == PackingWay.Transpose && bytesB > SecondLevelBytes;
        FetchesRows = A.Way == PackingWay.Transpose && (A.End - A.Least) * nest.Type.ItemSize > SecondLevelBytes;
        IsDirect = ReadsRowsInPlace && ReadsColumnsInPlace && !HoldsSums && Nest.K <= TileShape.Depth && AllColumnsAreDirect();
        Terms = HoldsSums && !IsTransposed && kept is null && (A.End - A.Least) <= 2L * Nest.M * Nest.K ? PanelTerms.Of(Nest, Columns) : null;
        Target = HoldsSums ? new TileTarget(Steps(Nest.M, Nest.N), Steps(Nest.N, 1), Rows, Columns) : C;
    }

    /// <summary>Bytes of the widest register that the hardware has; 32 where it has none.</summary>
    public static int WidestRegisterBytes => Vector512.IsHardwareAccelerated ? 64 : 32;

    /// <summary>Width of the registers.</summary>
    public int RegisterBytes { get; }

    /// <summary>The nest as it is computed.</summary>
    public ContractionNest Nest { get; }

    /// <summary>Whether <see cref="Nest"/> has rows and columns exchanged.</summary>
    public bool IsTransposed { get; }

    /// <summary>Elements of a register.</summary>
    public int Register { get; }

    public Panels Rows { get; }

    public Panels Columns { get; }

    public PanelSource A { get; }

    public PanelSource B { get; }

    public TileTarget C { get; }

    /// <summary>Where the tiles go: into C, or into dense partial sums.</summary>
    public TileTarget Target { get; }

    /// <summary>How C is transposed at the end, or null.</summary>
    public ColumnGrid? Grid { get; }

    /// <summary>Whether sums are made in dense memory first and put into C at the end.</summary>
    public bool HoldsSums => SplitsDepth || Grid is not null || (DepthSums >= ManySums && Nest.N > 1 && Nest.ColumnC[1] - (long)Nest.ColumnC[0] != 1);

    /// <summary>Sums that are held for each element of C.</summary>
    public int HeldSums => SplitsDepth ? DepthSums : 1;

    public int BatchesInChunk { get; private set; }

    public int RowPanelsInChunk { get; private set; }

    public int ColumnPanelsInChunk { get; private set; }

    public int RowBlocks { get; private set; }

    public int ColumnBlocks { get; private set; }

    public int DepthBlocks { get; private set; } = 1;

    /// <summary>Extent of k in a chunk: all of it, or a multiple of <see cref="TileShape.Depth"/>.</summary>
    public int DepthInChunk { get; private set; }

    public int Chunks { get; private set; }

    /// <summary>Whether the sums over each 256 of k are kept apart, because C alone has too few tiles, and added in order at the end.</summary>
    public bool SplitsDepth => DepthBlocks > 1;

    /// <summary>Number of sums over 256 of k.</summary>
    public int DepthSums => Blocks(Nest.K, TileShape.Depth);

    /// <summary>Whether A is packed once for all chunks, because several blocks of columns read it.</summary>
    public bool SharesRows { get; private set; }

    // Whether each chunk packs its rows for itself.
    bool PacksOwnRows => !ReadsRowsInPlace && (long)Nest.M * Nest.K > NearElements;

    /// <summary>Panels of rows that are packed at a time.</summary>
    public int RowPanelsAtOnce => Math.Min(RowPanelsInChunk, RowPanelsInCache);

    // Whether the rows lie so that few of them stay in the second-level cache beside each other, and are worth packing.
    bool RowsCompete => A.IsRowMajor && (long)Nest.M * Nest.K > NearElements && Rows.Count >= ManyFarRowPanels && Columns.Count >= ManyFarColumnPanels
        && A.AcrossStep.GetValueOrDefault() * Nest.Type.ItemSize % FarRowBytes == 0;

    // Whether the rows of a tile all want the same lines of the first-level cache, and packing them is all that there is to pack.
    bool RowsCompeteBesidePanels => Kept is not null && Columns.Count >= ManyColumnPanels && A.AcrossStep.GetValueOrDefault() * Nest.Type.ItemSize % NearRowBytes == 0;

    /// <summary>Whether each panel of columns is used up before the next is packed.</summary>
    public bool TakesColumnsOneByOne => RowPanelsInChunk <= RowPanelsInCache;

    /// <summary>Whether a panel of columns is multiplied over all of k before the next: then C's part of it stays in the first-level cache.</summary>
    public bool FinishesColumns => DepthSums > 1 && TakesColumnsOneByOne && (ReadsRowsInPlace || SharesRows)
        && (long)RowPanelsInChunk * Rows.Widths[0] * Nest.K * Nest.Type.ItemSize <= MostRowBytes;

    /// <summary>Whether whole panels of B are read where they are: with few panels of rows packing would only add a copy.</summary>
    public bool ReadsColumnsInPlace { get; }

    /// <summary>Whether tiles need nothing but the operands and C, where they lie.</summary>
    public bool IsDirect { get; }

    /// <summary>How B lies in panels already, or null.</summary>
    public KeptLayout? Kept { get; }

    /// <summary>Which terms of k tiles may leave out as padding, if all of A is finite; or null.</summary>
    public PanelTerms? Terms { get; }

    /// <summary>[chunk of k] where each k begins in a panel of <see cref="Kept"/>.</summary>
    public OffsetTable KeptPlaces { get; }

    /// <summary>Whether this panel of B is read where it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadsInPlace(int columnPanel) => ReadsColumnsInPlace
        && Columns.Extents[columnPanel] == Columns.Widths[columnPanel] && B.Pieces.IsOneRun(columnPanel, Columns.Widths[columnPanel] / Register, Register);

    /// <summary>Into how many parts of k, a power of two, the next panel of B is cut to be fetched by the tiles on this one after the first; 0 where it is near or foreseen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PartsAhead(int tiles, int depth) => Kept is not null ? (depth < LeastDepthToFetch ? 0 : 1 << BitOperations.Log2((uint)tiles)) : _isFarB && tiles > 1 && depth >= LeastDepthToFetch ? (int)BitOperations.RoundUpToPowerOf2((uint)tiles) / 2 : 0;

    /// <summary>Which panel of B to fetch during this one, and from which k on: what the chunk, or the one after it, packs next; beyond the last panel at the end.</summary>
    public (int Panel, int Start) PanelAfter(int columnPanel, int start)
    {
        int next = columnPanel + 1;
        if (Kept is not null && FinishesColumns)
        {
            return start + TileShape.Depth < Nest.K ? (columnPanel, start + TileShape.Depth) : (next, 0);
        }

        if (FinishesColumns || (next < Columns.Count && next % ColumnPanelsInChunk != 0))
        {
            return (next, start);
        }

        int first = start / DepthInChunk * DepthInChunk;
        return start + TileShape.Depth < Math.Min(first + DepthInChunk, Nest.K)
            ? (columnPanel / ColumnPanelsInChunk * ColumnPanelsInChunk, start + TileShape.Depth)
            : (next == Columns.Count && RowBlocks > 1 ? 0 : next, first);
    }

    /// <summary>Whether the panels of B that are transposed come from afar, so that the tiles on one fetch the next.</summary>
    public bool FetchesRuns { get; }

    /// <summary>Whether rows that each chunk packs for itself are fetched beforehand: runs along k that come from memory.</summary>
    public bool FetchesRows { get; }

    /// <summary>Whether A is read where it is: its rows are contiguous along k, so that a tile follows few lines of memory, or across k, and few columns are multiplied with them.</summary>
    public bool ReadsRowsInPlace { get; }

    /// <summary>Whether the first tile on this panel of B packs it as it reads it: few pieces of memory fill its registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool PacksOnTheWay(int columnPanel, int batchOffset, int start) => TakesColumnsOneByOne && start < Nest.K
        && B.Way == PackingWay.Copy && (B.Positions == 0 ? B.Pieces.IsTwiceTwo(columnPanel) : B.Pieces.IsOneRun(columnPanel, PanelPieces.RegistersInPanel, Register))
        && B.MayLoadRegisters(batchOffset, columnPanel, start);

    /// <summary>Where the k of A end, if that is known: rows from there on are zero in it.</summary>
    public RowEnds? Ends { get; init; }

    /// <summary>Whether rows may want fewer columns, or less of k, than there are.</summary>
    public bool TakesLimits => Nest.IsPart && Nest.Batch == 1 && Nest.Padding is null && !IsTransposed && !HoldsSums && TakesColumnsOneByOne;

    /// <summary>Whether the nest is cheaper with rows and columns exchanged.</summary>
    /// <param name="nest">The nest.</param>
    /// <param name="registerBytes">Width of the registers.</param>
    /// <param name="gain">How many times as dear the nest must be as it stands.</param>
    public static bool PrefersTransposed(ContractionNest nest, int registerBytes, double gain = 1)
    {
        int register = registerBytes / nest.Type.ItemSize;
        return TileCost.Of(nest.Transposed(), register, registerBytes) * gain < TileCost.Of(nest, register, registerBytes);
    }

    /// <summary>Whether a nest of so many panels would have too few chunks without cutting k: a guess before there is a plan.</summary>
    public static bool WouldSplitDepth(ContractionNest nest, int rowPanels, int columnPanels) =>
        !nest.IsPart && nest.Batch == 1 && Idles(columnPanels * Math.Max(1, rowPanels / GoodRowPanels), (long)nest.M * nest.N * nest.K);

    /// <summary>Hands a finished rectangle to the epilogue, in the caller's sense of rows and columns.</summary>
    public void Finish(IContractionEpilogue? epilogue, int batch, int rowStart, int rowCount, int columnStart, int columnCount)
    {
        if (IsTransposed)
        {
            epilogue?.Apply(batch, columnStart, columnCount, rowStart, rowCount);
        }
        else
        {
            epilogue?.Apply(batch, rowStart, rowCount, columnStart, columnCount);
        }
    }

    /// <summary>Rows of the tallest tile: more where one register holds all columns, but no more than two registers take when they are packed.</summary>
    /// <remarks>Of a longer k so many rows may be pages apart, and would compete for the lines of the first-level cache.</remarks>
    public static int TallestTile(ContractionNest nest, int register, int registerBytes) => nest.N > register || nest.K > TileShape.Depth
        ? registerBytes == 64 ? TileShape.Tallest : TileShape.Tall
        : Math.Min(2 * register, registerBytes == 64 ? TileShape.TallestNarrow : TileShape.Tallest);

    void Cut()
    {
        BatchesInChunk = 1;
        RowPanelsInChunk = Math.Max(1, Rows.Count);
        ColumnPanelsInChunk = 1;
        if (Nest.Batch == 0 || Nest.M == 0 || Nest.N == 0)
        {
            return;
        }

        long work = (long)Nest.Batch * Nest.M * Nest.N * Math.Max(1, Nest.K);
        int wanted = Nest.IsPart ? 1 : (int)Math.Clamp(work / LeastWork, 1, MostChunks);
        BatchesInChunk = (Nest.Batch + wanted - 1) / wanted;
        CutBatch((wanted + Nest.Batch - 1) / Nest.Batch);
        Chunks = Blocks(Nest.Batch, BatchesInChunk) * RowBlocks * ColumnBlocks;
    }

    // Columns enough to fetch the rows from afar seldom, and all rows, so that columns are packed once; then fewer of both, while that makes chunks that are wanted.
    void CutBatch(int wanted)
    {
        wanted = Math.Min(wanted, EnoughChunks);
        int columnPanels = Math.Min(Columns.Count, Math.Max(ColumnPanelsInCache, Blocks(Columns.Count, MostChunks)));
        int leastPanels = (long)Nest.M * Nest.K > NearElements ? Math.Min(ColumnPanelsInCache, Blocks(Columns.Count, FewestChunks)) : 1;
        if (PacksOwnRows)
        {
            // Packed as a whole they would travel through memory: each chunk packs its own, and takes all columns if that leaves chunks enough.
            RowPanelsInChunk = Blocks(Rows.Count, Math.Min(Math.Max(Rows.Count / GoodRowPanels, Math.Min(FewestChunks, Blocks(Rows.Count, LeastOwnRowPanels))), Math.Max(1, wanted)));
            RowBlocks = Blocks(Rows.Count, RowPanelsInChunk);
            ColumnPanelsInChunk = Blocks(Columns.Count, Math.Clamp(Blocks(Math.Min(RowsCompete ? FewChunks : FewestChunks, wanted), RowBlocks), 1, Math.Max(1, Columns.Count / LeastRowPanels)));
            ColumnBlocks = Blocks(Columns.Count, ColumnPanelsInChunk);
            return;
        }

        int rowBlocks = RowBlocksFor(columnPanels, GoodRowPanels);
        while (columnPanels > leastPanels && Blocks(Columns.Count, columnPanels) * rowBlocks < wanted && !BatchesSuffice(columnPanels, rowBlocks))
        {
            columnPanels = Math.Max(leastPanels, (columnPanels + 1) / 2);
            rowBlocks = RowBlocksFor(columnPanels, GoodRowPanels);
        }

        SharesRows = columnPanels < Columns.Count && !ReadsRowsInPlace && (long)Nest.Batch * Nest.M * Nest.K <= MostSharedElements;
        if (!SharesRows && !ReadsRowsInPlace && columnPanels < Columns.Count)
        {
            columnPanels = Math.Min(Columns.Count, MostPackedColumnBytes / (TileShape.Depth * 2 * RegisterBytes));
        }

        ColumnPanelsInChunk = Blocks(Columns.Count, Blocks(Columns.Count, columnPanels));
        ColumnBlocks = Blocks(Columns.Count, ColumnPanelsInChunk);
        RowPanelsInChunk = Blocks(Rows.Count, RowBlocksFor(columnPanels, B.IsCheap ? LeastRowPanels : GoodRowPanels));
        RowBlocks = Blocks(Rows.Count, RowPanelsInChunk);

        // Rows that must be packed are packed by the chunk that uses them, if the batches make chunks enough without cutting the columns.
        bool BatchesSuffice(int panels, int blocks) => !ReadsRowsInPlace && panels >= Columns.Count && Nest.Batch * blocks >= FewChunks;

        int RowBlocksFor(int panels, int least) => Math.Clamp(Blocks(wanted, Blocks(Columns.Count, panels)), 1, Math.Max(1, Rows.Count / least));
    }

    void CutDepth()
    {
        DepthInChunk = Nest.K;
        long work = (long)Nest.Batch * Nest.M * Nest.N * Nest.K;
        if (Chunks == 0 || !Idles(Chunks, work) || Nest.IsPart || work < 2 * LeastWork || (long)Nest.Batch * Nest.M * Nest.N * DepthSums > MostSharedElements)
        {
            return;
        }

        int wanted = (int)Math.Min(2 * FewChunks, work / LeastWork);
        DepthInChunk = Math.Max(1, Blocks(DepthSums, Blocks(wanted, Chunks))) * TileShape.Depth;
        DepthBlocks = Blocks(Nest.K, DepthInChunk);
        Chunks *= DepthBlocks;
    }

    // What does not fill its register is loaded and stored under a mask.
    unsafe bool AllColumnsAreDirect()
    {
        for (int p = 0; p < Columns.Count; p++)
        {
            int registers = Columns.Widths[p] / Register;
            if (!B.Pieces.IsOneRun(p, registers, Register) || C.ColumnRunEnds.Data[Columns.Starts[p]] < Columns.Starts[p] + Columns.Extents[p])
            {
                return false;
            }
        }

        return true;
    }

    // Whether so few chunks leave threads idle.
    static bool Idles(int chunks, long work) => chunks < FewestChunks || (chunks < FewChunks && work / chunks >= MuchWork);

    static int[] Steps(int count, int step)
    {
        var offsets = new int[count];
        for (int i = 0; i < count; i++)
        {
            offsets[i] = i * step;
        }

        return offsets;
    }

    static int Blocks(int extent, int block) => (extent + block - 1) / block;
}
