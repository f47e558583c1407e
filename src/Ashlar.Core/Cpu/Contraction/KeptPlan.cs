namespace Ashlar.Cpu.Contraction;

/// <summary>How a product with a constant operand is computed: outputs along the registers, in panels that were laid out before; the other operand's columns, pixels, as rows of tiles.</summary>
/// <remarks>Small maps fill registers badly with pixels, and outputs well. The sums are dense and transposed once at the end.</remarks>
sealed class KeptPlan
{
    // Larger maps fill their registers, and then the sums need no transposing.
    const int MostPixels = 256;

    // Fewer outputs would not repay packing the pixels, a shorter k not transposing the sums.
    const int LeastOutputs = 128;
    const int LeastDepth = 256;

    // So many panels share what is read of the packed pixels from afar.
    const int MostPanelsInChunk = 4;

    // Fewer pixels stay near for the whole of k, and are not cut: then each panel is read once.
    const int FewPixels = 64;

    // Enough to balance many threads.
    const int WantedChunks = 8;

    KeptPlan(ContractionNest nest, KeptLayout layout, int registerBytes)
    {
        int register = registerBytes / sizeof(float);
        (Nest, Layout) = (nest, layout);
        Rows = Panels.OfRows(nest.N, ContractionPlan.TallestTile(nest.Transposed(), register, registerBytes));
        Pixels = new PanelSource(Rows, nest.BatchB, nest.ColumnB, nest.DepthB, register);
        PanelsInChunk = Math.Clamp(nest.N <= FewPixels ? layout.Columns.Count / WantedChunks : layout.Columns.Count, 1, MostPanelsInChunk);
        ColumnBlocks = (layout.Columns.Count + PanelsInChunk - 1) / PanelsInChunk;
        int rowBlocks = nest.N <= FewPixels ? 1 : Math.Clamp((WantedChunks + ColumnBlocks - 1) / ColumnBlocks, 1, Math.Max(1, nest.N / (2 * Rows.Widths[0])));
        RowBlocks = Math.Min(rowBlocks, Rows.Count);
        RowPanelsInChunk = (Rows.Count + RowBlocks - 1) / RowBlocks;
        Width = PanelsInChunk * layout.Columns.Widths[0];
        RowPlaces = new OffsetTable(Steps(RowPanelsInChunk * Rows.Widths[0], Width));
        DepthPlaces = new OffsetTable(Steps(TileShape.Depth, layout.Columns.Widths[0]));
        OutputStep = PanelSource.ConstantStep(nest.RowC).GetValueOrDefault();
    }

    /// <summary>The convolution, its constant operand as A.</summary>
    public ContractionNest Nest { get; }

    public KeptLayout Layout { get; }

    /// <summary>Panels of pixels.</summary>
    public Panels Rows { get; }

    public PanelSource Pixels { get; }

    /// <summary>Panels of outputs that a chunk computes.</summary>
    public int PanelsInChunk { get; }

    public int ColumnBlocks { get; }

    /// <summary>Most panels of pixels that a chunk computes.</summary>
    public int RowPanelsInChunk { get; }

    public int RowBlocks { get; }

    public int Chunks => RowBlocks * ColumnBlocks;

    /// <summary>First panel of pixels of a block: panels that are left over go to the last blocks, whose tiles are lower, so that all have as many pixels.</summary>
    public int FirstRowPanel(int block) => block * Rows.Count / RowBlocks;

    /// <summary>Outputs of a chunk: elements of its dense sums from one pixel to the next.</summary>
    public int Width { get; }

    /// <summary>[pixels of a chunk] where each pixel's sums begin.</summary>
    public OffsetTable RowPlaces { get; }

    /// <summary>[chunk of k] where each k begins in a panel.</summary>
    public OffsetTable DepthPlaces { get; }

    /// <summary>Elements of C from one output to the next.</summary>
    public int OutputStep { get; }

    /// <summary>The plan, or null where pixels had better lie along the registers, or an operand does not lie as this way wants it.</summary>
    public static KeptPlan? Of(ContractionNest nest, int registerBytes)
    {
        int least = 2 * (registerBytes / sizeof(float));
        if (nest.Type != DType.Float32 || nest.Batch != 1 || nest.Padding is not null || nest.IsPart || nest.K < LeastDepth || nest.M < LeastOutputs || nest.M % BlockTranspose.Side<float>() != 0
            || nest.N < least || nest.N > MostPixels || PanelSource.ConstantStep(nest.DepthA) is not 1 || PanelSource.ConstantStep(nest.ColumnC) != 1
            || PanelSource.ConstantStep(nest.RowA) is not (> 0 and { } step) || PanelSource.ConstantStep(nest.RowC) is not > 0)
        {
            return null;
        }

        return new KeptPlan(nest, new KeptLayout(nest.M, step, KeptTerms.Neighbours(nest.K), registerBytes), registerBytes);
    }

    static int[] Steps(int count, int step)
    {
        var places = new int[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = i * step;
        }

        return places;
    }
}
