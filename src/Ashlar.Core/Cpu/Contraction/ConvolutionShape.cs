namespace Ashlar.Cpu.Contraction;

/// <summary>The extents and settings of one convolution: y[n, o, p] = Σ over (c, q) in row-major order of x[n, c, p·stride + q·dilation − low] · w[o, c, q].</summary>
/// <remarks>
/// Gradients are convolutions too. Of the input: dy with <see cref="InputDilation"/> = the strides, and the kernel reversed, channels exchanged. Of the kernel: x seen as
/// [C, N, …] with dy seen as the kernel [O, N, …], strides and kernel dilation exchanged, and the result put through <see cref="OutputStrides"/>.
/// </remarks>
sealed class ConvolutionShape
{
    /// <summary>[N, C, spatial…] extents of the input.</summary>
    public required int[] Input { get; init; }

    /// <summary>[O, C / groups, spatial…] extents of the kernel.</summary>
    public required int[] Kernel { get; init; }

    /// <summary>Parts of the channels that do not mix, at least 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>[spatial] steps between outputs, at least 1; null for ones.</summary>
    public int[]? Strides { get; init; }

    /// <summary>[spatial] zeros put before the input, after its dilation; negative to crop; null for none.</summary>
    public int[]? PaddingLow { get; init; }

    /// <summary>[spatial] zeros put behind the input; negative to crop; null for none.</summary>
    public int[]? PaddingHigh { get; init; }

    /// <summary>[spatial] distance between neighbouring inputs, with zeros between them, at least 1; null for ones.</summary>
    public int[]? InputDilation { get; init; }

    /// <summary>[spatial] distance between neighbouring kernel positions, at least 1; null for ones.</summary>
    public int[]? KernelDilation { get; init; }

    /// <summary>[rank] elements from one index of the input to the next; null for row-major.</summary>
    public int[]? InputStrides { get; init; }

    /// <summary>Elements of the input from one group to the next; null where the channels of all groups are evenly apart.</summary>
    public int? GroupStride { get; init; }

    /// <summary>[rank] elements from one index of the kernel to the next; null for row-major.</summary>
    public int[]? KernelStrides { get; init; }

    /// <summary>[rank] elements from one index of the output [N, O, spatial…] to the next; null for row-major.</summary>
    public int[]? OutputStrides { get; init; }
}
