using System.Runtime.InteropServices;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

/// <summary>The definition of a convolution: for each output a list of products in order, summed by the law.</summary>
static class NaiveConvolution
{
    /// <returns>The output, laid out by the shape's output strides; gaps are zero.</returns>
    public static T[] Run<T>(ConvolutionShape shape, int[] outputShape, T[] x, T[] w)
        where T : unmanaged
    {
        int[] inputStrides = shape.InputStrides ?? RowMajor(shape.Input);
        int[] kernelStrides = shape.KernelStrides ?? RowMajor(shape.Kernel);
        int[] outputStrides = shape.OutputStrides ?? RowMajor(outputShape);
        int length = outputShape.Contains(0) ? 0 : outputShape.Zip(outputStrides, (extent, stride) => (extent - 1) * stride).Sum() + 1;
        var y = new T[length];
        foreach (int[] output in Indices(outputShape))
        {
            List<T> inputs = [];
            List<T> weights = [];
            foreach (int[] position in Indices(shape.Kernel[1..]))
            {
                inputs.Add(Read(shape, x, inputStrides, output, position));
                weights.Add(w[(output[1] * kernelStrides[0]) + Dot(position, kernelStrides[1..])]);
            }

            y[Dot(output, outputStrides)] = NaiveContraction.Sum<T>(CollectionsMarshal.AsSpan(inputs), CollectionsMarshal.AsSpan(weights));
        }

        return y;
    }

    public static int[] RowMajor(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    static T Read<T>(ConvolutionShape shape, T[] x, int[] strides, int[] output, int[] position)
        where T : unmanaged
    {
        int channel = (output[1] / (shape.Kernel[0] / shape.Groups) * shape.Kernel[1]) + position[0];
        int at = (output[0] * strides[0]) + (channel * strides[1]);
        for (int s = 0; s < shape.Input.Length - 2; s++)
        {
            int place = (output[s + 2] * (shape.Strides?[s] ?? 1)) + (position[s + 1] * (shape.KernelDilation?[s] ?? 1)) - (shape.PaddingLow?[s] ?? 0);
            int dilation = shape.InputDilation?[s] ?? 1;
            if (place < 0 || place % dilation != 0 || place / dilation >= shape.Input[s + 2])
            {
                return default;
            }

            at += place / dilation * strides[s + 2];
        }

        return x[at];
    }

    static int Dot(int[] index, int[] strides) => index.Zip(strides, (i, s) => i * s).Sum();

    static IEnumerable<int[]> Indices(int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        for (int flat = 0; flat < count; flat++)
        {
            int[] index = new int[shape.Length];
            int rest = flat;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            yield return index;
        }
    }
}
