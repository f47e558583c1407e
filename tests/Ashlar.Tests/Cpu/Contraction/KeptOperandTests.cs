using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed unsafe class KeptOperandTests
{
    const int KContiguousInB = 2;

    [Theory]
    [InlineData(1, 1024, 256)]
    [InlineData(1, 65, 300)]
    [InlineData(1, 130, 513)]
    [InlineData(1, 81, 1030)]
    [InlineData(2, 96, 257)]
    [InlineData(3, 70, 512)]
    [InlineData(8, 320, 784)]
    [InlineData(13, 63, 300)]
    [InlineData(64, 256, 784)]
    [InlineData(64, 320, 1024)]
    [InlineData(100, 177, 256)]
    [InlineData(500, 50, 400)]
    [InlineData(5, 2000, 66)]
    public void A_product_with_panels_has_the_bits_of_the_scalar_loop(int m, int n, int k)
    {
        RequireBits(Nests.Dense(DType.Float32, 1, m, n, k, KContiguousInB), isA: false);
        RequireBits(Nests.Dense(DType.Float32, 1, m, n, k, KContiguousInB | 1), isA: false);
    }

    [Theory]
    [InlineData(256, 784)]
    [InlineData(100, 300)]
    [InlineData(1025, 1024)]
    public void A_matrix_in_panels_times_a_vector_has_the_bits_of_the_scalar_loop(int m, int k) => RequireBits(Nests.Dense(DType.Float32, 1, m, 1, k), isA: true);

    [Fact]
    public void Few_columns_short_sums_many_rows_batches_and_other_types_stay_where_they_are()
    {
        Assert.NotNull(KeptOperand.Of(Nests.Dense(DType.Float32, 1, 8, 256, 256, KContiguousInB), 64));
        Assert.Null(KeptOperand.Of(Nests.Dense(DType.Float64, 1, 8, 256, 256, KContiguousInB), 64));
        Assert.Null(KeptOperand.Of(Nests.Dense(DType.Float32, 1, 8, 256, 256), 64));
        Assert.Null(KeptOperand.Of(Nests.Dense(DType.Float32, 2, 8, 256, 256, KContiguousInB), 64));
        Assert.Null(KeptOperand.Of(Nests.Dense(DType.Float32, 1, 8, 30, 1000, KContiguousInB), 64));
        Assert.Null(KeptOperand.Of(Nests.Dense(DType.Float32, 1, 8, 1000, 30, KContiguousInB), 64));
        Assert.Null(KeptOperand.Of(Nests.Dense(DType.Float32, 1, 600, 256, 256, KContiguousInB), 64));
    }

    static void RequireBits(ContractionNest nest, bool isA)
    {
        float[] a = Nests.Fill<float>(Nests.Length(nest.RowA, nest.DepthA), 1);
        float[] b = Nests.Fill<float>(Nests.Length(nest.DepthB, nest.ColumnB), 2);
        var expected = new float[nest.M * nest.N];
        NaiveContraction.Run(nest, a, b, expected);
        foreach (int registerBytes in (int[])[32, 64])
        {
            KeptOperand? kept = KeptOperand.Of(nest, registerBytes);
            Assert.NotNull(kept);
            Assert.Equal(isA, kept.IsA);
            foreach (int threads in (int[])[1, 3])
            {
                using var pool = new WorkerPool(threads);
                var c = new float[expected.Length];
                void* panels = NativeMemory.AlignedAlloc((nuint)kept.Layout.Bytes, 64);
                fixed (float* pa = a, pb = b, pc = c)
                {
                    kept.Layout.Write(pool, isA ? pa : pb, panels);
                    new ContractionKernel(nest, kept).Run(pool, isA ? panels : pa, isA ? pb : panels, pc);
                }

                NativeMemory.AlignedFree(panels);
                Assert.Equal(MemoryMarshal.AsBytes<float>(expected), MemoryMarshal.AsBytes<float>(c));
            }
        }
    }
}
