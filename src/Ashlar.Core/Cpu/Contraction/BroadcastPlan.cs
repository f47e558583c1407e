namespace Ashlar.Cpu.Contraction;

/// <summary>How a convolution is computed whose outputs lie along the registers and whose pixels are broadcast from where they lie: blocks of rows of one image, panels of outputs, tiles along each row.</summary>
/// <remarks>The weights lie in panels, as <see cref="KeptLayout"/> says; the sums are dense and transposed at the end of a block.</remarks>
sealed class BroadcastPlan
{
    // Pixels of the largest tile, in thirty-two registers and in sixteen.
    const int WidestTile = 14;
    const int WideTile = 6;

    // Elements from one pixel of a tile to the next.
    const int MostStep = 2;

    // Of shorter sums most of the work would be transposing.
    const int LeastDepth = 18;

    // What a chunk copies, and what it sums, stay in the second-level cache beside the panels.
    const long MostCopied = (256 << 10) / sizeof(float);
    const long MostSums = (128 << 10) / sizeof(float);

    // Where this way gains.
    const int ManyImages = 16;
    const int ShortRow = 16;
    const long MostWeights = 1 << 20;
    const int FewOutputs = 64;
    const int LongRow = 28;
    const int LongDepth = 128;
    const int LongSum = 192;
    const int LeastOutputs = 32;

    // An image of fewer elements stays in the second-level cache for the most part.
    const long MostShared = 1 << 19;

    // What is smaller stays near, and need not be fetched.
    const long NearElements = 1 << 18;
    const long NearWeights = 1 << 16;

    // Enough to balance many threads.
    const int WantedChunks = 8;

    // The same where chunks share the images, and fewest rows of a block.
    const int WantedSharedChunks = 16;
    const int LeastRows = 7;

    BroadcastPlan(ConvolutionShape shape, int[] outputShape, int[] inputStrides, ContractionNest nest, KeptLayout layout, InputBlock input, int rows)
    {
        int register = layout.RegisterBytes / sizeof(float);
        (Nest, Layout, Input) = (nest, layout, input);
        (Images, Groups, Rows, Columns) = (shape.Input[0], shape.Groups, outputShape[2], outputShape[3]);
        (ImageStride, GroupStride) = (inputStrides[0], shape.GroupStride ?? shape.Kernel[1] * inputStrides[1]);
        (RowsInBlock, RowBlocks) = (rows, Blocks(Rows, rows));
        SharesImages = SharesImagesOf(shape);
        PanelsInGroup = layout.Columns.Count / Groups;
        FetchesWeights = HasFarWeights(shape);
        PanelsInChunk = SharesImages && FetchesWeights ? 1 : PanelsInGroup;
        LaneAxis row = new(shape, outputShape, 2, inputStrides[2], 0), column = new(shape, outputShape, 3, inputStrides[3], 0);
        Copied = PixelSource.OfCopy(Input, row, column, shape.Kernel[1], rows, Widest(layout.RegisterBytes));
        InPlace = PixelSource.InPlace(shape, inputStrides, row, column, rows, Widest(layout.RegisterBytes));
        Weights = new PanelSource(layout.Columns, [0], OffsetGrid.Of([shape.Kernel[0]], [layout.Step]), nest.DepthA, register);
        Channels = shape.Kernel[1];
        FetchesOutputs = (long)shape.Input[0] * (((long)shape.Input[1] * shape.Input[2] * shape.Input[3]) + ((long)shape.Kernel[0] * Rows * Columns)) > NearElements;
        FetchesImages = FetchesOutputs && !SharesImages;
        OutputStep = PanelSource.ConstantStep(nest.RowC).GetValueOrDefault();
    }

    /// <summary>The convolution: A is the kernel, rows are the outputs of a group, columns the pixels of all images, batches the groups.</summary>
    public ContractionNest Nest { get; }

    public KeptLayout Layout { get; }

    public PanelSource Weights { get; }

    public InputBlock Input { get; }

    /// <summary>Pixels of a copy.</summary>
    public PixelSource Copied { get; }

    /// <summary>Pixels of the image itself, or null. If its tiles leave terms out, all weights have to be finite.</summary>
    public PixelSource? InPlace { get; }

    /// <summary>[k of a chunk] its place in the chunk.</summary>
    public static OffsetTable AllTerms { get; } = new([.. Enumerable.Range(0, TileShape.Depth)]);

    /// <summary>[pixels of a tile, outputs] -0: what the first chunk of k is added to, since that changes no bit of it.</summary>
    public static OffsetTable NoSums { get; } = new([.. Enumerable.Repeat(int.MinValue, WidestTile * 2 * 16)]);

    public int Images { get; }

    public int Groups { get; }

    /// <summary>Rows of an output plane.</summary>
    public int Rows { get; }

    /// <summary>Columns of an output plane.</summary>
    public int Columns { get; }

    /// <summary>Elements from one image of the input to the next.</summary>
    public int ImageStride { get; }

    /// <summary>Elements from one group of channels to the next.</summary>
    public int GroupStride { get; }

    /// <summary>Input channels of a group.</summary>
    public int Channels { get; }

    /// <summary>Whether outputs come from afar, and are fetched before they are written.</summary>
    public bool FetchesOutputs { get; }

    /// <summary>Whether what a chunk copies does, and is fetched by the one before.</summary>
    public bool FetchesImages { get; }

    /// <summary>Whether the weights do.</summary>
    public bool FetchesWeights { get; }

    /// <summary>Elements from one output to the next.</summary>
    public int OutputStep { get; }

    public int RowsInBlock { get; }

    public int RowBlocks { get; }

    /// <summary>Panels of outputs of a group.</summary>
    public int PanelsInGroup { get; }

    /// <summary>Panels of outputs that a chunk computes.</summary>
    public int PanelsInChunk { get; }

    /// <summary>Whether images are copied once for all chunks, of which each takes a part of the outputs unless all weights are near: the images are too few to keep threads busy, and their rows too few to read all weights for each block of them.</summary>
    public bool SharesImages { get; }

    public int Chunks => Images * Groups * (PanelsInGroup / PanelsInChunk) * RowBlocks;

    /// <summary>The plan, or null if the convolution is not of this form or gains nothing by it.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="outputShape">[N, O, spatial…].</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    /// <param name="isKept">Whether the weights lie in panels already.</param>
    public static BroadcastPlan? Of(DType type, ConvolutionShape shape, int[] outputShape, int registerBytes, bool isKept = false)
    {
        if (type != DType.Float32 || shape.Input.Length != 4 || Array.IndexOf(outputShape, 0) >= 0 || Array.IndexOf(shape.Kernel, 0) >= 0 || Array.IndexOf(shape.Input, 0) >= 0
            || Array.Exists(shape.InputDilation ?? [], dilation => dilation > 1))
        {
            return null;
        }

        int register = registerBytes / sizeof(float);
        int outputs = shape.Kernel[0] / shape.Groups;
        int depth = OffsetGrid.Count(shape.Kernel[1..], "convolution kernel");
        int step = shape.Strides?[1] ?? 1;
        int[] inputStrides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        int[] kernelStrides = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        int[] outputStrides = shape.OutputStrides ?? OffsetGrid.RowMajor(outputShape, "convolution output");
        int widest = Widest(registerBytes);
        bool shares = SharesImagesOf(shape);
        if (outputs < register || outputs % (shape.Groups == 1 ? BlockTranspose.Side<float>() : 2 * register) != 0 || depth < LeastDepth || step > MostStep || inputStrides[3] != 1
            || outputStrides[3] != 1 || outputStrides[2] != outputShape[3] || !PixelTiles.Fit(outputShape[3], widest) || !Gains(shape, outputShape, depth, isKept))
        {
            return null;
        }

        int rows = shares ? Blocks(outputShape[2], Math.Clamp(Blocks(WantedSharedChunks, shape.Input[0] * (HasFarWeights(shape) ? Blocks(outputs, 2 * register) : 1)), 1, Math.Max(1, outputShape[2] / LeastRows)))
            : Math.Clamp(outputShape[2] * shape.Input[0] * shape.Groups / WantedChunks, 1, outputShape[2]);
        rows = (int)Math.Clamp(MostSums / (outputShape[3] * 2 * register), 1, rows);
        while (!shares && rows > 1 && new InputBlock(shape, inputStrides, rows, outputShape[3], register).Length > MostCopied)
        {
            rows--;
        }

        rows = Blocks(outputShape[2], Blocks(outputShape[2], rows));
        var input = new InputBlock(shape, inputStrides, shares ? outputShape[2] : rows, outputShape[3], register);
        if (input.Length > int.MaxValue || rows * outputShape[3] < BlockTranspose.Side<float>() || (outputShape[2] % rows > 0 && outputShape[2] % rows * outputShape[3] < BlockTranspose.Side<float>()))
        {
            return null;
        }

        var layout = new KeptLayout(shape.Kernel[0], kernelStrides[0], KeptTerms.Of(shape.Kernel, kernelStrides), registerBytes);
        ContractionNest nest = NestOf(shape, outputShape, inputStrides, kernelStrides, outputStrides);
        return new BroadcastPlan(shape, outputShape, inputStrides, nest, layout, input, rows);
    }

    // Groups, whose panels of pixels few outputs share; few images that stay near, unless they are read in runs, or pixels had better be packed beside kept weights; many images, by weights of which every block may read all, if they are read in pieces or their sums are long; large maps of few outputs. Elsewhere panels of pixels are as fast, or need less copying.
    static bool Gains(ConvolutionShape shape, int[] outputShape, int depth, bool isKept)
    {
        bool isStrided = Array.Exists(shape.Strides ?? [], stride => stride > 1);
        long weights = (long)depth * shape.Kernel[0];
        bool hasWindow = OffsetGrid.Count(shape.Kernel[2..], "convolution kernel") > 1;
        if (SharesImagesOf(shape) && (hasWindow || (isStrided && !isKept)) && shape.Kernel[0] >= LeastOutputs && depth >= LongSum && (isKept || weights <= MostWeights))
        {
            return true;
        }

        return hasWindow
            && (shape.Groups > 1
                || (shape.Input[0] >= ManyImages && shape.Kernel[3] > 1 && (isStrided || outputShape[3] < ShortRow || depth >= LongSum) && weights <= MostWeights)
                || (shape.Kernel[0] <= FewOutputs && outputShape[3] >= LongRow && depth >= LongDepth));
    }

    static bool SharesImagesOf(ConvolutionShape shape) => shape.Groups == 1 && shape.Input[0] < ManyImages && (long)shape.Input[1] * shape.Input[2] * shape.Input[3] <= MostShared;

    static bool HasFarWeights(ConvolutionShape shape) => OffsetGrid.Count(shape.Kernel, "convolution kernel") > NearWeights;

    static int Widest(int registerBytes) => registerBytes == 64 ? WidestTile : WideTile;

    static int Blocks(int extent, int block) => (extent + block - 1) / block;

    static ContractionNest NestOf(ConvolutionShape shape, int[] outputShape, int[] inputStrides, int[] kernelStrides, int[] outputStrides)
    {
        int outputs = shape.Kernel[0] / shape.Groups;
        int[] pixels = [outputShape[0], outputShape[2], outputShape[3]];
        return new()
        {
            Type = DType.Float32,
            BatchA = OffsetGrid.Of([shape.Groups], [outputs * kernelStrides[0]]),
            BatchB = OffsetGrid.Of([shape.Groups], [shape.GroupStride ?? shape.Kernel[1] * inputStrides[1]]),
            BatchC = OffsetGrid.Of([shape.Groups], [outputs * outputStrides[1]]),
            RowA = OffsetGrid.Of([outputs], [kernelStrides[0]]),
            DepthA = OffsetGrid.Of(shape.Kernel[1..], kernelStrides[1..]),
            DepthB = [],
            ColumnB = [],
            RowC = OffsetGrid.Of([outputs], [outputStrides[1]]),
            ColumnC = OffsetGrid.Of(pixels, [outputStrides[0], outputStrides[2], outputStrides[3]]),
        };
    }
}
