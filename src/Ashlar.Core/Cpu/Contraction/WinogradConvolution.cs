using System.Runtime.Intrinsics;
using Ashlar.Cpu.Library;

namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution of 3 × 3 windows one apart by tiles of 4 × 4 results: a quarter of the multiplications, other roundings.</summary>
/// <remarks>
/// <para>Channels lie along the registers. Input tiles of 6 × 6, and kernels, are transformed to 36 numbers each; 36 products of matrices over the channels follow, and their transformation back.
/// Of many tiles each chunk takes some from the input to the output, so that what lies between the steps stays near, and kernels are transformed once for all.
/// Of few tiles all are transformed first; then each chunk takes some outputs, whose kernels it transforms: of small maps they are the larger part.</para>
/// <para>Against sums in float64 the error is up to 2 · 10⁻⁵ of the largest result, where the exact convolution has about 10⁻⁶. Threads do not change a bit.</para>
/// <para>Source: Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", F(4 × 4, 3 × 3).</para>
/// </remarks>
abstract unsafe class WinogradConvolution : IContraction
{
    /// <summary>Results of a tile along one axis.</summary>
    public const int Tile = 4;

    /// <summary>Extent of the kernel along one axis.</summary>
    public const int Window = 3;

    /// <summary>Elements of the input that a tile reads along one axis.</summary>
    public const int Side = 6;

    /// <summary>Numbers into which a tile is transformed.</summary>
    public const int Numbers = Side * Side;

    // Below these the transformations cost more than the products save.
    const int LeastChannels = 32;
    const int LeastTiles = 4;

    // Offsets among more transformed kernels would exceed 32 bits.
    const int MostKernels = 1 << 24;

    // As few tiles as this, or as half the outputs, are transformed all at once.
    const int FewTiles = 64;

    // Bytes between the steps of a chunk of many tiles, and tiles that pay for reading all transformed kernels.
    const int ChunkBytes = 3 << 19;
    const int LeastChunkTiles = 32;

    // Chunks that keep threads busy.
    const int LeastTileChunks = 6;
    const int LeastOutputChunks = 4;

    // Channels whose kernels are transformed and used up before the next: they stay in the second-level cache.
    const int NearChannels = 64;

    const int SegmentTileRows = 4;
    const int LineElements = 16;

    protected WinogradConvolution(ConvolutionShape shape, int[] outputShape, int lanes)
    {
        (Images, Channels, Outputs) = (shape.Input[0], shape.Input[1], shape.Kernel[0]);
        int[] strides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        (ImageStride, ChannelStride) = (strides[0], strides[1]);
        KernelStrides = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        Rows = new LaneAxis(shape, outputShape, 2, strides[2], 0, Tile);
        Columns = new LaneAxis(shape, outputShape, 3, strides[3], 0, Tile);
        TileRows = (Rows.Output + Tile - 1) / Tile;
        TileColumns = (Columns.Output + Tile - 1) / Tile;
        AllTileRows = Images * TileRows;
        WholeOutputs = (Outputs + lanes - 1) / lanes * lanes;
        int tiles = AllTileRows * TileColumns;
        SplitsOutputs = tiles <= Math.Max(FewTiles, Outputs / 2);
        if (SplitsOutputs)
        {
            TileRowsInChunk = AllTileRows;
            OutputsInChunk = WholeOutputs / (2 * lanes) >= LeastOutputChunks ? 2 * lanes : lanes;
            ChannelsAtOnce = Math.Min(Channels, NearChannels);
        }
        else
        {
            int fitting = ChunkBytes / (Numbers * sizeof(float) * (Channels + WholeOutputs));
            int wanted = Math.Max(LeastChunkTiles, fitting) / TileColumns;
            TileRowsInChunk = Math.Clamp(wanted, 1, Math.Max(1, AllTileRows / LeastTileChunks));
            OutputsInChunk = WholeOutputs;
            ChannelsAtOnce = Channels;
        }

        Panel = Math.Min(2 * lanes, OutputsInChunk);
        int room = (TileRowsInChunk * TileColumns) + TileShape.Low - 1;
        TileStep = Step(room * TilePitch);
        KernelStep = Step((OutputsInChunk + Panel - 1) / Panel * Panel * ChannelsAtOnce);
        ProductStep = Step(room * ProductPitch);
    }

    protected int Images { get; }

    protected int Channels { get; }

    protected int Outputs { get; }

    /// <summary>Outputs, rounded up to whole registers.</summary>
    protected int WholeOutputs { get; }

    protected LaneAxis Rows { get; }

    protected LaneAxis Columns { get; }

    protected int ImageStride { get; }

    protected int ChannelStride { get; }

    /// <summary>[4] elements from one index of the kernel to the next.</summary>
    protected int[] KernelStrides { get; }

    /// <summary>Rows of tiles in an image.</summary>
    protected int TileRows { get; }

    protected int TileColumns { get; }

    protected int AllTileRows { get; }

    /// <summary>Whether a chunk is some outputs of all tiles rather than all outputs of some tiles.</summary>
    protected bool SplitsOutputs { get; }

    protected int TileRowsInChunk { get; }

    /// <summary>A multiple of a register.</summary>
    protected int OutputsInChunk { get; }

    /// <summary>Outputs whose transformed kernels lie together: one or two registers, the columns of a tile of the products.</summary>
    protected int Panel { get; }

    /// <summary>Channels whose kernels are transformed at a time.</summary>
    protected int ChannelsAtOnce { get; }

    /// <summary>From one tile to the next among the transformed ones: never a power of two, lest neighbours compete for one cache set.</summary>
    protected int TilePitch => Channels + LineElements;

    /// <summary>From one tile to the next among the products.</summary>
    protected int ProductPitch => OutputsInChunk + LineElements;

    /// <summary>From one of the 36 to the next among the transformed tiles.</summary>
    protected int TileStep { get; }

    /// <summary>The same among the transformed kernels.</summary>
    protected int KernelStep { get; }

    /// <summary>The same among the products.</summary>
    protected int ProductStep { get; }

    /// <summary>The kernel, or null if the convolution is not of this form or too small to gain. The output is row-major.</summary>
    public static WinogradConvolution? Of(DType type, ConvolutionShape shape, int[] outputShape)
    {
        if (type != DType.Float32 || shape.Input.Length != 4 || shape.Groups != 1 || shape.OutputStrides is not null || shape.Kernel[2] != Window || shape.Kernel[3] != Window
            || shape.Input[1] < LeastChannels || shape.Kernel[0] < LeastChannels || Array.IndexOf(outputShape, 0) >= 0
            || !AreOnes(shape.Strides) || !AreOnes(shape.InputDilation) || !AreOnes(shape.KernelDilation)
            || (long)shape.Input[1] * shape.Kernel[0] > MostKernels)
        {
            return null;
        }

        long tiles = (long)shape.Input[0] * ((outputShape[2] + Tile - 1) / Tile) * ((outputShape[3] + Tile - 1) / Tile);
        if (tiles < LeastTiles)
        {
            return null;
        }

        return Vector512.IsHardwareAccelerated
            ? new TypedWinogradConvolution<Lane512<float>, Vector512<float>, Lanes512<float>>(shape, outputShape, TileShape.Tallest)
            : new TypedWinogradConvolution<Lane256<float>, Vector256<float>, Lanes256<float>>(shape, outputShape, TileShape.Tall);
    }

    public abstract void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null);

    /// <summary>Rows of tiles of one image, from a row of tiles on, that are taken together.</summary>
    protected int SegmentFrom(int tileRow, int end) => Math.Min(Math.Min(SegmentTileRows, end - tileRow), TileRows - (tileRow % TileRows));

    /// <summary>From one of the 36 to the next: never a multiple of a page, lest all of them compete for one cache set.</summary>
    protected static int Step(int elements)
    {
        int lines = (elements + LineElements - 1) / LineElements;
        return (lines | 1) * LineElements;
    }

    static bool AreOnes(int[]? values) => !Array.Exists(values ?? [], value => value != 1);
}
