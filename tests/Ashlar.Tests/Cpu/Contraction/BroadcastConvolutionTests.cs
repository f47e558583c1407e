using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;
using Ashlar.Runtime;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed class BroadcastConvolutionTests
{
    static readonly ConvolutionShape Groups = new() { Input = [3, 8, 14, 13], Kernel = [64, 4, 3, 3], Groups = 2, PaddingLow = [1, 1], PaddingHigh = [1, 1] };
    static readonly int[] Output = [3, 64, 14, 13];

    [Fact]
    public unsafe void The_epilogue_sees_each_element_once()
    {
        BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, Groups, Output, 64)!;
        float[] x = new float[3 * 8 * 14 * 13];
        float[] w = new float[64 * 36];
        float[] y = new float[3 * 64 * 14 * 13];
        var seen = new Recorder(plan.Nest);
        using var pool = new WorkerPool(2);
        fixed (float* px = x, pw = w, py = y)
        {
            BroadcastConvolution.Of(plan, isKept: false).Run(pool, pw, px, py, seen);
        }

        Assert.Equal(Enumerable.Repeat(1, y.Length), seen.Calls);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public unsafe void Weights_that_were_laid_out_before_give_the_same_bits(int registerBytes)
    {
        BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, Groups, Output, registerBytes)!;
        float[] x = Nests.Fill<float>(3 * 8 * 14 * 13, 1);
        float[] w = Nests.Fill<float>(64 * 36, 2);
        float[] packed = new float[3 * 64 * 14 * 13];
        float[] kept = new float[packed.Length];
        using var panels = Storage.Allocate(plan.Layout.Bytes);
        using var pool = new WorkerPool(2);
        fixed (float* px = x, pw = w, p1 = packed, p2 = kept)
        {
            BroadcastConvolution.Of(plan, isKept: false).Run(pool, pw, px, p1);
            plan.Layout.Write(pool, pw, panels.Pointer);
            BroadcastConvolution.Of(plan, isKept: true).Run(pool, panels.Pointer, px, p2);
        }

        Assert.Equal(packed, kept);
        Assert.Equal(NaiveConvolution.Run(Groups, Output, x, w), kept);
    }

    [Fact]
    public unsafe void Running_again_allocates_nothing()
    {
        IContraction kernel = BroadcastConvolution.Of(BroadcastPlan.Of(DType.Float32, Groups, Output, ContractionPlan.WidestRegisterBytes)!, isKept: false);
        float[] x = new float[3 * 8 * 14 * 13];
        float[] w = new float[64 * 36];
        float[] y = new float[3 * 64 * 14 * 13];
        using var pool = new WorkerPool(1);
        fixed (float* px = x, pw = w, py = y)
        {
            kernel.Run(pool, pw, px, py);
            long before = ManagedBytes.BeforeWork();
            kernel.Run(pool, pw, px, py);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    sealed class Recorder(ContractionNest nest) : IContractionEpilogue
    {
        public int[] Calls { get; } = new int[3 * 64 * 14 * 13];

        public void Apply(int batch, int rowStart, int rowCount, int columnStart, int columnCount)
        {
            for (int row = rowStart; row < rowStart + rowCount; row++)
            {
                for (int column = columnStart; column < columnStart + columnCount; column++)
                {
                    Interlocked.Increment(ref Calls[nest.BatchC[batch] + nest.RowC[row] + nest.ColumnC[column]]);
                }
            }
        }
    }
}
