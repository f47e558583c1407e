using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed class ImageConvolutionTests
{
    static readonly ConvolutionShape EverySecond = new() { Input = [16, 3, 8, 16], Kernel = [16, 3, 3, 3], Strides = [2, 2], PaddingLow = [1, 1] };

    [Fact]
    public unsafe void The_epilogue_sees_each_image_once()
    {
        ImageConvolution kernel = ImageConvolution.Of(DType.Float32, EverySecond, [16, 16, 4, 8], 64)!;
        float[] x = Nests.Fill<float>(16 * 3 * 8 * 16, 1);
        float[] w = Nests.Fill<float>(16 * 27, 2);
        float[] y = new float[16 * 16 * 32];
        var seen = new Recorder();
        using var pool = new WorkerPool(2);
        fixed (float* px = x, pw = w, py = y)
        {
            kernel.Run(pool, pw, px, py, seen);
        }

        Assert.Equal(Enumerable.Repeat(1, 16), seen.Calls);
        Assert.Equal((16, 16, 32), (kernel.Nest.Batch, kernel.Nest.M, kernel.Nest.N));
    }

    [Fact]
    public unsafe void Running_again_allocates_nothing()
    {
        ImageConvolution kernel = ImageConvolution.Of(DType.Float32, EverySecond, [16, 16, 4, 8], 64)!;
        float[] x = new float[16 * 3 * 8 * 16];
        float[] w = new float[16 * 27];
        float[] y = new float[16 * 16 * 32];
        using var pool = new WorkerPool(1);
        fixed (float* px = x, pw = w, py = y)
        {
            kernel.Run(pool, pw, px, py);
            long before = ManagedBytes.BeforeWork();
            kernel.Run(pool, pw, px, py);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    sealed class Recorder : IContractionEpilogue
    {
        public int[] Calls { get; } = new int[16];

        public void Apply(int batch, int rowStart, int rowCount, int columnStart, int columnCount)
        {
            Assert.Equal((0, 16, 0, 32), (rowStart, rowCount, columnStart, columnCount));
            Interlocked.Increment(ref Calls[batch]);
        }
    }
}
