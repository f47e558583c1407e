using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;

namespace Ashlar;

/// <content>Convolution and correlation along the last axis.</content>
public sealed partial class Tensor
{
    /// <summary>(x * v)ₖ = Σ xⱼ vₖ₋ⱼ, term by term.</summary>
    /// <param name="kernel">v, [m].</param>
    /// <param name="mode">Which places are kept.</param>
    /// <returns>Like this tensor but for its last axis.</returns>
    /// <remarks>n · m multiplications: <see cref="FftConvolve"/> is faster for long kernels.</remarks>
    /// <exception cref="ShapeException">There is no last axis, the kernel is no vector, or one of them is empty.</exception>
    public Tensor Convolve(Tensor kernel, ConvolutionMode mode = ConvolutionMode.Full)
    {
        RefuseEmpty("Convolve", kernel);
        return DType.IsComplex || kernel.DType.IsComplex
            ? ComplexMaps.Bilinear(this, kernel, (x, v) => x.Convolve(v, mode))
            : Middle(Direct(kernel), kernel.Shape[0], mode);
    }

    /// <summary>The same as <see cref="Convolve"/> through Fourier transforms: errors are relative to the largest terms, not to each result.</summary>
    /// <param name="kernel">v, [m].</param>
    /// <param name="mode">Which places are kept.</param>
    /// <returns>Like this tensor but for its last axis.</returns>
    /// <exception cref="ShapeException">There is no last axis, the kernel is no vector, or one of them is empty.</exception>
    public Tensor FftConvolve(Tensor kernel, ConvolutionMode mode = ConvolutionMode.Full)
    {
        RefuseEmpty("FftConvolve", kernel);
        int count = Shape[^1] + kernel.Shape[0] - 1;
        int room = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);
        Tensor whole = DType.IsComplex || kernel.DType.IsComplex
            ? (Fft(room) * kernel.Fft(room)).IFft()
            : (RFft(room) * kernel.RFft(room)).IRFft(room);
        return Middle(whole.Slice(-1, 0, count), kernel.Shape[0], mode);
    }

    /// <summary>Σ xⱼ₊ₖ conj(vⱼ) for k from -(m - 1): the convolution with the conjugate of v reversed, as NumPy's correlate.</summary>
    /// <param name="kernel">v, [m].</param>
    /// <param name="mode">Which places are kept; NumPy's default is Valid.</param>
    /// <returns>Like this tensor but for its last axis.</returns>
    /// <exception cref="ShapeException">There is no last axis, the kernel is no vector, or one of them is empty.</exception>
    public Tensor Correlate(Tensor kernel, ConvolutionMode mode = ConvolutionMode.Valid)
    {
        RefuseEmpty("Correlate", kernel);
        return Convolve(kernel.Flip(0).Conj(), mode);
    }

    // The convolution primitive correlates, so the kernel is reversed.
    Tensor Direct(Tensor kernel)
    {
        DType type = DTypeFacts.Promote(DType, kernel.DType);
        int m = kernel.Shape[0];
        Tensor rows = To(type).Reshape(-1, 1, Shape[^1]);
        Tensor reversed = kernel.To(type).Flip(0).Reshape(1, 1, m);
        Node result = Op.Conv(rows.Node, reversed.Node, new ConvAttributes([1], [m - 1], [m - 1], [1], [1]));
        return new Tensor(result).Reshape([.. Shape.Extents[..^1], Shape[^1] + m - 1]);
    }

    Tensor Middle(Tensor full, int m, ConvolutionMode mode)
    {
        (int shorter, int longer) = (Math.Min(Shape[^1], m), Math.Max(Shape[^1], m));
        return mode switch
        {
            ConvolutionMode.Same => full.Slice(-1, (shorter - 1) / 2, longer),
            ConvolutionMode.Valid => full.Slice(-1, shorter - 1, longer - shorter + 1),
            _ => full,
        };
    }

    void RefuseEmpty(string operation, Tensor kernel)
    {
        if (Rank == 0 || kernel.Rank != 1 || Size == 0 || kernel.Size == 0)
        {
            throw new ShapeException($"{operation}: {Shape} and a kernel {kernel.Shape}. Give [..., n] and [m], n and m at least 1.");
        }
    }
}
