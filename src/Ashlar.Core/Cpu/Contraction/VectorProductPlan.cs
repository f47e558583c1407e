namespace Ashlar.Cpu.Contraction;

/// <summary>A nest in which one operand has a single row or column: a matrix that is read once, so that nothing pays for packing it.</summary>
/// <remarks>The matrix is B, the vector is A. Either the columns are neighbours in memory and sums stand in memory while rows of B stream past,
/// or k is, and square blocks of B are transposed in registers.</remarks>
sealed class VectorProductPlan
{
    // Elements of the matrix that pay for one more chunk.
    const long LeastWork = 1 << 15;
    const int MostChunks = 64;

    // A matrix of fewer elements stays in the second-level cache.
    const long NearElements = 1 << 18;

    /// <summary>Most columns of a chunk: their sums stay in the first-level cache.</summary>
    public const int MostColumns = 2048;

    /// <summary>Rows of the matrix whose sums are made side by side where k is contiguous; columns of a chunk are a multiple of it.</summary>
    public const int ColumnsAtOnce = 32;

    /// <summary>Chunks of k that are summed beside each other.</summary>
    public const int ChunksTogether = 4;

    VectorProductPlan(ContractionNest nest, bool isTransposed, bool isAlongDepth, int registerBytes)
    {
        Nest = nest;
        IsTransposed = isTransposed;
        IsAlongDepth = isAlongDepth;
        RegisterBytes = registerBytes;
        Depth = new OffsetTable(nest.DepthB);
        VectorDepth = new OffsetTable(nest.DepthA);
        Sums = Blocks(nest.K, TileShape.Depth);
        SumsChunksTogether = isAlongDepth && nest.K % (ChunksTogether * TileShape.Depth) == 0;

        IsFar = (long)nest.Batch * nest.N * nest.K > NearElements;

        int wanted = (int)Math.Clamp((long)nest.Batch * nest.N * nest.K / LeastWork, 1, MostChunks);
        BatchesInChunk = Blocks(nest.Batch, wanted);
        wanted = Blocks(wanted, Blocks(nest.Batch, BatchesInChunk));

        // Rows are as long as the columns of a chunk: few and long streams where columns are neighbours, and k is cut first.
        int widest = Math.Min(MostColumns, Rounded(nest.N));
        SumsInChunk = isAlongDepth ? Sums : Blocks(Sums, Math.Min(Sums, Blocks(wanted, Blocks(nest.N, widest))));
        DepthBlocks = Blocks(Sums, SumsInChunk);
        ColumnsInChunk = Math.Clamp(Rounded(Blocks(nest.N, Blocks(wanted, DepthBlocks))), ColumnsAtOnce, widest);
        ColumnBlocks = Math.Max(1, nest.N / ColumnsInChunk);
        if (nest.N - (ColumnBlocks * ColumnsInChunk) >= ColumnsAtOnce)
        {
            ColumnBlocks++;
        }

        Chunks = Blocks(nest.Batch, BatchesInChunk) * DepthBlocks * ColumnBlocks;
    }

    public ContractionNest Nest { get; }

    /// <summary>Whether <see cref="Nest"/> has rows and columns exchanged.</summary>
    public bool IsTransposed { get; }

    /// <summary>Whether k is contiguous in the matrix; otherwise the columns are.</summary>
    public bool IsAlongDepth { get; }

    public int RegisterBytes { get; }

    /// <summary>[K] offset of each k in the matrix.</summary>
    public OffsetTable Depth { get; }

    /// <summary>[K] offset of each k in the vector.</summary>
    public OffsetTable VectorDepth { get; }

    /// <summary>Number of sums over 256 of k.</summary>
    public int Sums { get; }

    /// <summary>Whether k is a multiple of four chunks, which are then summed beside each other.</summary>
    public bool SumsChunksTogether { get; }

    /// <summary>Whether the matrix comes from afar, so that the rows that follow are fetched meanwhile.</summary>
    public bool IsFar { get; }

    public int SumsInChunk { get; }

    public int BatchesInChunk { get; }

    public int ColumnsInChunk { get; }

    public int ColumnBlocks { get; }

    public int DepthBlocks { get; }

    public int Chunks { get; }

    /// <summary>The plan, or null if the nest is not of this form.</summary>
    public static VectorProductPlan? Of(ContractionNest nest, int registerBytes)
    {
        if (nest.Padding is not null)
        {
            return null;
        }

        bool isTransposed = nest.M != 1;
        ContractionNest turned = isTransposed ? nest.Transposed() : nest;
        if (nest.Type != DType.Float32 || turned.M != 1 || turned.N < ColumnsAtOnce || turned.K == 0 || turned.Batch == 0 || !HasStep(turned.ColumnC, 1))
        {
            return null;
        }

        bool across = HasStep(turned.ColumnB, 1);
        return across || (HasStep(turned.DepthB, 1) && HasStep(turned.ColumnB, turned.ColumnB[1] - (long)turned.ColumnB[0])) ? new VectorProductPlan(turned, isTransposed, !across, registerBytes) : null;
    }

    static bool HasStep(int[] offsets, long step)
    {
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] != offsets[i - 1] + step)
            {
                return false;
            }
        }

        return true;
    }

    static int Rounded(int columns) => Blocks(columns, ColumnsAtOnce) * ColumnsAtOnce;

    static int Blocks(int extent, int block) => (extent + block - 1) / block;
}
