using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution whose groups are too small for tiles, as a depthwise one: each plane is padded into the first-level cache and summed there.</summary>
/// <remarks>
/// Pixels lie along the registers. A padded plane of narrow rows is computed as one long row: the few sums between its rows are thrown away.
/// Where windows are more than one apart the plane is laid out as the planes of every stride-th pixel, so that neighbours of one window position are neighbours in memory.
/// </remarks>
abstract unsafe class DirectConvolution : IContraction
{
    // Beyond these the tiles of a contraction do better.
    const int MostOutputs = 4;
    const long MostPlaneBytes = 1 << 18;

    // Multiply-adds that pay for one more chunk.
    const long LeastWork = 1 << 17;
    const int MostChunks = 128;

    // Inputs of fewer elements stay near; planes of fewer, a page, the hardware fetches soon enough.
    const long NearElements = 1 << 20;
    const int ForeseenElements = 1 << 10;

    protected DirectConvolution(ConvolutionShape shape, int[] outputShape, int register)
    {
        int rank = shape.Input.Length;
        Images = shape.Input[0];
        Groups = shape.Groups;
        Channels = shape.Kernel[1];
        Outputs = shape.Kernel[0] / shape.Groups;
        int columns = outputShape[^1];
        SumsByRow = columns >= register && 2 * ((columns + register - 1) / register * register) <= 3 * columns;
        Plane = PaddedPlane.Of(shape, outputShape, SumsByRow ? register : 1);
        int[] inputStrides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        (ImageStride, ChannelStride) = (inputStrides[0], inputStrides[1]);
        int plane = OffsetGrid.Count(shape.Input[2..], "convolution input");
        IsFar = ChannelStride == plane && (long)Images * shape.Input[1] * plane > NearElements;
        IsForeseen = plane <= ForeseenElements;
        int[] kernelStrides = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        OutputStride = kernelStrides[0];
        KernelOffsets = new OffsetTable(OffsetGrid.Of(shape.Kernel[1..], kernelStrides[1..]));
        Depth = KernelSize(shape);
        Pixels = 1;
        for (int axis = 2; axis < rank; axis++)
        {
            Pixels *= outputShape[axis];
        }

        long work = (long)Images * shape.Kernel[0] * Depth * Pixels;
        int units = Images * Groups;
        int wanted = (int)Math.Clamp(work / LeastWork, 1, MostChunks);
        UnitsInChunk = Math.Max(1, (units + wanted - 1) / wanted);
        Chunks = (units + UnitsInChunk - 1) / UnitsInChunk;
    }

    public int Images { get; }

    public int Groups { get; }

    /// <summary>Input channels of a group.</summary>
    public int Channels { get; }

    /// <summary>Output channels of a group.</summary>
    public int Outputs { get; }

    /// <summary>Whether rows of the output fill their registers well enough to be summed each for itself; then the padded rows are aligned too.</summary>
    public bool SumsByRow { get; }

    /// <summary>Whether planes are dense and come from memory: then the next is fetched while one is summed.</summary>
    public bool IsFar { get; }

    /// <summary>Whether planes are so small that the hardware fetches them soon enough where they are copied first.</summary>
    public bool IsForeseen { get; }

    public PaddedPlane Plane { get; }

    public int ImageStride { get; }

    public int ChannelStride { get; }

    /// <summary>From one output's kernel to the next.</summary>
    public int OutputStride { get; }

    /// <summary>[Depth] offset of each weight.</summary>
    public OffsetTable KernelOffsets { get; }

    /// <summary>Weights of one output.</summary>
    public int Depth { get; }

    /// <summary>Pixels of one output plane.</summary>
    public int Pixels { get; }

    /// <summary>Planes are computed image by image, group by group; a chunk is several.</summary>
    public int UnitsInChunk { get; }

    public int Chunks { get; }

    /// <summary>The kernel, or null if a contraction does better. The output is row-major.</summary>
    /// <param name="type">Element type; integers are left to contractions.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="outputShape">[N, O, spatial…].</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    public static DirectConvolution? Of(DType type, ConvolutionShape shape, int[] outputShape, int registerBytes)
    {
        if (shape.Groups == 1 || shape.Kernel[0] / shape.Groups is 0 or > MostOutputs || KernelSize(shape) is 0 or > TileShape.Depth
            || shape.Input.Length > 4 || shape.OutputStrides is not null || Array.IndexOf(outputShape, 0) >= 0 || Array.IndexOf(shape.Input, 0) >= 0
            || PaddedPlane.Of(shape, outputShape).Length * shape.Kernel[1] * type.ItemSize > MostPlaneBytes)
        {
            return null;
        }

        if (DepthwiseConvolution512.Fits(type, shape, registerBytes))
        {
            return new DepthwiseConvolution512(shape, outputShape);
        }

        return (type, registerBytes) switch
        {
            (DType.Float32, 64) => new TypedDirectConvolution<float, Vector512<float>, Lanes512<float>>(shape, outputShape),
            (DType.Float64, 64) => new TypedDirectConvolution<double, Vector512<double>, Lanes512<double>>(shape, outputShape),
            (DType.Float32, _) => new TypedDirectConvolution<float, Vector256<float>, Lanes256<float>>(shape, outputShape),
            (DType.Float64, _) => new TypedDirectConvolution<double, Vector256<double>, Lanes256<double>>(shape, outputShape),
            _ => null,
        };
    }

    public abstract void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null);

    static int KernelSize(ConvolutionShape shape)
    {
        long size = 1;
        for (int axis = 1; axis < shape.Kernel.Length; axis++)
        {
            size = Math.Min(int.MaxValue, size * shape.Kernel[axis]);
        }

        return (int)size;
    }
}
