using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution of many groups with one output of few pixels each, as the weight gradient of a depthwise one: groups lie along the registers.</summary>
/// <remarks>The planes of as many groups as a register has lanes are transposed, so that neighbouring lanes are neighbouring groups; then every sum is one chain in a register.</remarks>
abstract unsafe class GroupLaneConvolution : IContraction
{
    // More sums than these would pass over the transposed planes too often.
    const int MostPixels = 64;

    protected GroupLaneConvolution(ConvolutionShape shape, int[] outputShape)
    {
        int last = shape.Input.Length - 1;
        Groups = shape.Groups;
        Images = shape.Kernel[1];
        int[] input = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        int[] kernel = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        GroupStride = shape.GroupStride ?? Images * input[1];
        (InputStride, KernelGroupStride, KernelImageStride) = (input[1], kernel[0], kernel[1]);
        Columns = new LaneAxis(shape, outputShape, last, input[last], kernel[last]);
        Rows = last == 2 ? new LaneAxis() : new LaneAxis(shape, outputShape, 2, input[2], kernel[2]);
    }

    public int Groups { get; }

    /// <summary>Planes of each group that are summed over.</summary>
    public int Images { get; }

    /// <summary>From one plane of a group to the next in the input.</summary>
    public int InputStride { get; }

    /// <summary>From one group to the next in the input.</summary>
    public int GroupStride { get; }

    public int KernelGroupStride { get; }

    public int KernelImageStride { get; }

    public LaneAxis Rows { get; }

    public LaneAxis Columns { get; }

    /// <summary>The kernel, or null if the convolution is not of this form. The output is row-major.</summary>
    /// <param name="type">Element type; integers are left to contractions.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="outputShape">[N, O, spatial…].</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    public static GroupLaneConvolution? Of(DType type, ConvolutionShape shape, int[] outputShape, int registerBytes)
    {
        if (!Fits(type, shape, outputShape, registerBytes))
        {
            return null;
        }

        return (type, registerBytes) switch
        {
            (DType.Float32, 64) => new TypedGroupLaneConvolution<float, Vector512<float>, Lanes512<float>>(shape, outputShape),
            (DType.Float64, 64) => new TypedGroupLaneConvolution<double, Vector512<double>, Lanes512<double>>(shape, outputShape),
            (DType.Float32, _) => new TypedGroupLaneConvolution<float, Vector256<float>, Lanes256<float>>(shape, outputShape),
            (DType.Float64, _) => new TypedGroupLaneConvolution<double, Vector256<double>, Lanes256<double>>(shape, outputShape),
            _ => null,
        };
    }

    /// <summary>Whether the convolution is of this form. No stride of the input matters.</summary>
    /// <inheritdoc cref="Of"/>
    public static bool Fits(DType type, ConvolutionShape shape, int[] outputShape, int registerBytes)
    {
        long pixels = 1;
        for (int axis = 2; axis < outputShape.Length; axis++)
        {
            pixels *= outputShape[axis];
        }

        return type is DType.Float32 or DType.Float64
            && shape.Input[0] == 1 && shape.Groups == shape.Kernel[0] && shape.Groups >= registerBytes / type.ItemSize && shape.Input.Length <= 4
            && pixels is > 0 and <= MostPixels && shape.OutputStrides is null && Array.IndexOf(shape.Kernel, 0) < 0 && Array.IndexOf(shape.Input, 0) < 0
            && !Array.Exists(shape.InputDilation ?? [], dilation => dilation > 1) && pixels < (long)shape.Kernel[1] * shape.Kernel[^1] * shape.Kernel[^2];
    }

    public abstract void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null);
}
