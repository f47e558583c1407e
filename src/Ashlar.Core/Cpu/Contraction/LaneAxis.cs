namespace Ashlar.Cpu.Contraction;

/// <summary>One spatial axis of a convolution whose copy is not read in the order of the input; by default the missing rows of a convolution along one axis.</summary>
sealed class LaneAxis
{
    public LaneAxis()
    {
        (Kernel, Output, Padded, Stride, KernelDilation, Count) = (1, 1, 1, 1, 1, 1);
    }

    /// <param name="shape">The convolution.</param>
    /// <param name="outputShape">[N, O, spatial…].</param>
    /// <param name="axis">Which axis of the input.</param>
    /// <param name="inputStride">From one input to the next in memory.</param>
    /// <param name="kernelStride">From one kernel position to the next in memory.</param>
    /// <param name="tile">Outputs that are computed together: the padded input holds what whole tiles read.</param>
    public LaneAxis(ConvolutionShape shape, int[] outputShape, int axis, int inputStride, int kernelStride, int tile = 1)
    {
        (Kernel, Output) = (shape.Kernel[axis], outputShape[axis]);
        (InputStride, KernelStride) = (inputStride, kernelStride);
        Stride = shape.Strides?[axis - 2] ?? 1;
        KernelDilation = shape.KernelDilation?[axis - 2] ?? 1;
        int places = (Output + tile - 1) / tile * tile;
        Padded = ((places - 1) * Stride) + ((Kernel - 1) * KernelDilation) + 1;
        int low = shape.PaddingLow?[axis - 2] ?? 0;
        (Source, Target) = (Math.Max(0, -low), Math.Max(0, low));
        Count = Math.Max(0, Math.Min(shape.Input[axis] - Source, Padded - Target));
    }

    /// <summary>Positions of the kernel.</summary>
    public int Kernel { get; }

    /// <summary>Elements of the output.</summary>
    public int Output { get; }

    /// <summary>Elements of the padded input that are read.</summary>
    public int Padded { get; }

    /// <summary>From one output to the next in the padded input.</summary>
    public int Stride { get; }

    /// <summary>From one kernel position to the next in the padded input.</summary>
    public int KernelDilation { get; }

    /// <summary>From one input to the next in memory.</summary>
    public int InputStride { get; }

    /// <summary>From one kernel position to the next in memory.</summary>
    public int KernelStride { get; }

    /// <summary>First input that is read.</summary>
    public int Source { get; }

    /// <summary>Where it lies in the padded input.</summary>
    public int Target { get; }

    /// <summary>Inputs that are read.</summary>
    public int Count { get; }
}
