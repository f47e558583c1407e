using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed class ContractionKernelTests
{
    static readonly int[] Extents = [1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 16, 17, 31, 33, 64, 100];
    static readonly int[] Depths = [0, 1, 2, 255, 256, 257, 513];

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Every_pair_of_extents_gives_the_bits_of_the_scalar_loop(DType type)
    {
        using var pool = new WorkerPool(2);
        int turn = (int)type;
        foreach (int m in Extents)
        {
            foreach (int n in Extents)
            {
                turn++;
                int depth = Depths[turn % Depths.Length];
                RequireBits(Nests.Dense(type, 1, m, n, m * n > 1500 ? Math.Min(depth, 257) : depth, turn % 16), pool);
            }
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Every_layout_and_depth_gives_the_bits_of_the_scalar_loop(DType type)
    {
        using var pool = new WorkerPool(2);
        for (int layout = 0; layout < 32; layout++)
        {
            foreach (int k in Depths)
            {
                RequireBits(Nests.Dense(type, 2, 13, 35, k, layout), pool);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_number_of_threads_gives_the_bits_of_the_scalar_loop(int threads)
    {
        using var pool = new WorkerPool(threads);
        RequireBits(Nests.Dense(DType.Float32, 1, 100, 130, 300), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 7, 9, 20_000, 3), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 600, 24, 70, 2), pool);
        RequireBits(Nests.Dense(DType.Float32, 60, 16, 16, 16), pool);
        RequireBits(Nests.Dense(DType.Float32, 3, 90, 70, 80, 16), pool);
        RequireBits(Nests.Dense(DType.Float64, 1, 300, 64, 33, 5), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 1, 3000, 300), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 3000, 1, 300), pool);
    }

    [Fact]
    public void More_rows_than_are_packed_at_a_time_give_the_bits_of_the_scalar_loop()
    {
        using var pool = new WorkerPool(2);
        RequireBits(Nests.Dense(DType.Float32, 1, 250, 600, 16), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 250, 1050, 257, 2), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 1000, 45, 4, 2), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 500, 70, 300, isPart: true), pool);
        RequireBits(Nests.Dense(DType.Float32, 1, 501, 70, 300, 3, isPart: true), pool);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Tiles_of_every_height_give_the_bits_of_the_scalar_loop(DType type)
    {
        using var pool = new WorkerPool(2);
        for (int rows = 2; rows <= 40; rows++)
        {
            RequireBits(Nests.Dense(type, 2, rows, 50, 17), pool);
            RequireBits(Nests.Dense(type, 1, rows, 48, 260), pool);
        }
    }

    [Theory]
    [InlineData(1, 32, 16)]
    [InlineData(1, 33, 257)]
    [InlineData(1, 100, 300)]
    [InlineData(3, 47, 530)]
    [InlineData(40, 64, 64)]
    [InlineData(1, 5000, 20)]
    [InlineData(1, 2100, 700)]
    [InlineData(1, 70, 1024)]
    [InlineData(2, 45, 3072)]
    [InlineData(1, 150, 2048)]
    public void A_vector_on_either_side_gives_the_bits_of_the_scalar_loop(int batch, int extent, int k)
    {
        using var pool = new WorkerPool(2);
        for (int layout = 0; layout < 32; layout++)
        {
            RequireBits(Nests.Dense(DType.Float32, batch, 1, extent, k, layout), pool);
            RequireBits(Nests.Dense(DType.Float32, batch, extent, 1, k, layout), pool);
        }
    }

    [Theory]
    [InlineData(DType.Float32, 9)]
    [InlineData(DType.Float64, 9)]
    [InlineData(DType.Float32, 300)]
    [InlineData(DType.Float64, 300)]
    [InlineData(DType.Float32, 5)]
    public void Depths_that_run_backwards_give_the_bits_of_the_scalar_loop(DType type, int run)
    {
        using var pool = new WorkerPool(2);
        int[] depth = [.. Enumerable.Range(0, 600).Select(k => (k / run * run * 2) + run - 1 - (k % run))];
        RequireBits(new ContractionNest
        {
            Type = type,
            BatchA = [0],
            BatchB = [0],
            BatchC = [0],
            RowA = Nests.Steps(15, 1300),
            DepthA = depth,
            DepthB = depth,
            ColumnB = Nests.Steps(45, 1301),
            RowC = Nests.Steps(15, 45),
            ColumnC = Nests.Steps(45, 1),
        },
        pool);
    }

    [Fact]
    public void Columns_of_a_transposed_result_give_the_bits_of_the_scalar_loop()
    {
        using var pool = new WorkerPool(2);
        foreach ((int outer, int inner, int step, int k) in new[] { (8, 8, 8, 5), (9, 32, 9, 300), (49, 33, 200, 600), (13, 100, 13, 257) })
        {
            ContractionNest dense = Nests.Dense(DType.Float32, 1, 20, outer * inner, k);
            RequireBits(new ContractionNest
            {
                Type = DType.Float32,
                BatchA = dense.BatchA,
                BatchB = dense.BatchB,
                BatchC = [3],
                RowA = dense.RowA,
                DepthA = dense.DepthA,
                DepthB = dense.DepthB,
                ColumnB = dense.ColumnB,
                RowC = Nests.Steps(20, step == outer ? outer * inner : outer),
                ColumnC = [.. Enumerable.Range(0, outer * inner).Select(i => (i / inner) + (i % inner * (step == outer ? outer : 20 * outer)))],
            },
            pool);
        }
    }

    [Theory]
    [InlineData(14, 8)]
    [InlineData(16, 8)]
    [InlineData(12, 16)]
    public void One_row_that_does_not_begin_with_zeros_is_seen_among_those_that_do(int rows, int columns)
    {
        using var pool = new WorkerPool(1);
        ContractionNest nest = Nests.Dense(DType.Float64, 1, rows, columns, 40, 1);
        double[] b = Nests.Fill<double>(columns * 40, 2);
        for (int row = 0; row < rows; row++)
        {
            double[] a = Nests.Fill<double>(rows * 40, 1);
            a.AsSpan(0, 5 * rows).Clear();
            a[row] = 1;
            double[] expected = new double[rows * columns];
            double[] actual = new double[rows * columns];
            NaiveContraction.Run(nest, a, b, expected);
            Execute(nest, pool, a, b, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    public void Columns_beside_the_result_stay_as_they_are(int k)
    {
        using var pool = new WorkerPool(1);
        for (int n = 1; n <= 40; n++)
        {
            ContractionNest dense = Nests.Dense(DType.Float32, 1, 28, n, k);
            var nest = new ContractionNest
            {
                Type = DType.Float32,
                BatchA = [0],
                BatchB = [0],
                BatchC = [5],
                RowA = dense.RowA,
                DepthA = dense.DepthA,
                DepthB = dense.DepthB,
                ColumnB = dense.ColumnB,
                RowC = Nests.Steps(28, n + 20),
                ColumnC = dense.ColumnC,
            };
            float[] a = Nests.Fill<float>(28 * k, 1);
            float[] b = Nests.Fill<float>(k * n, 2);
            float[] expected = Nests.Fill<float>(5 + (28 * (n + 20)), 3);
            float[] actual = [.. expected];
            NaiveContraction.Run(nest, a, b, expected);
            Execute(nest, pool, a, b, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Many_rows_that_are_pages_apart_give_the_bits_of_rows_that_lie_close()
    {
        // Arrange
        const int M = 1920, N = 2048, K = 600, FarStep = 2048;
        using var pool = new WorkerPool(2);
        ContractionNest near = Nests.Dense(DType.Float32, 1, M, N, K);
        var far = new ContractionNest
        {
            Type = DType.Float32,
            BatchA = near.BatchA,
            BatchB = near.BatchB,
            BatchC = near.BatchC,
            RowA = [.. Enumerable.Range(0, M).Select(i => i * FarStep)],
            DepthA = near.DepthA,
            DepthB = near.DepthB,
            ColumnB = near.ColumnB,
            RowC = near.RowC,
            ColumnC = near.ColumnC,
        };
        float[] a = Nests.Fill<float>(M * K, 1);
        float[] b = Nests.Fill<float>(K * N, 2);
        float[] spread = new float[M * FarStep];
        for (int i = 0; i < M; i++)
        {
            Array.Copy(a, i * K, spread, i * FarStep, K);
        }

        foreach (int registerBytes in new[] { 32, 64 })
        {
            float[] expected = new float[M * N];
            float[] actual = new float[M * N];

            // Act
            Execute(near, pool, a, b, expected, registerBytes: registerBytes);
            Execute(far, pool, spread, b, actual, registerBytes: registerBytes);

            // Assert
            Assert.True(new ContractionPlan(near, registerBytes).ReadsRowsInPlace);
            Assert.False(new ContractionPlan(far, registerBytes).ReadsRowsInPlace);
            Assert.True(MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual.AsSpan())));
        }
    }

    [Fact]
    public void Offsets_without_any_pattern_give_the_bits_of_the_scalar_loop()
    {
        using var pool = new WorkerPool(2);
        RequireBits(new ContractionNest
        {
            Type = DType.Float32,
            BatchA = [5, 0],
            BatchB = [0, 3],
            BatchC = [0, 4000],
            RowA = [0, 900, 17, 17, 400, 33, 2],
            DepthA = Shuffled(80, 3),
            DepthB = Shuffled(80, 11),
            ColumnB = [.. Enumerable.Range(0, 5), .. Enumerable.Range(40, 11), .. Enumerable.Range(7, 3), .. Enumerable.Range(90, 30)],
            RowC = [600, 0, 500, 100, 400, 200, 300],
            ColumnC = [.. Enumerable.Range(20, 29), .. Enumerable.Range(0, 20)],
        },
        pool);
    }

    [Fact]
    public void Special_values_follow_ieee_754()
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, 1e-45f, -1e-42f, float.MaxValue, 1f, -1f, 1.1754944e-38f];
        ContractionNest nest = Nests.Dense(DType.Float32, 1, 23, 37, 259);
        float[] a = [.. Enumerable.Range(0, 23 * 259).Select(i => i % 97 < 90 ? 0.5f : special[i / 259 % 3 == 0 ? i % 11 : 3 + (i % 4)])];
        float[] b = [.. Enumerable.Range(0, 37 * 259).Select(i => i % 101 < 96 ? -0.25f : special[i % 37 % 4 == 0 ? i % 11 : 3 + (i % 4)])];
        using var pool = new WorkerPool(1);
        float[] expected = new float[23 * 37];
        float[] actual = new float[23 * 37];
        NaiveContraction.Run(nest, a, b, expected);
        Execute(nest, pool, a, b, actual);
        Assert.Contains(expected, float.IsNaN);
        Assert.Contains(expected, float.IsFinite);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                float.IsNaN(expected[i]) ? float.IsNaN(actual[i]) : BitConverter.SingleToUInt32Bits(expected[i]) == BitConverter.SingleToUInt32Bits(actual[i]),
                $"element {i}: {expected[i]:R} expected, {actual[i]:R} found");
        }
    }

    [Fact]
    public void A_sum_of_negative_zeros_is_positive_zero()
    {
        using var pool = new WorkerPool(1);
        float[] c = new float[6];
        Execute(Nests.Dense(DType.Float32, 1, 2, 3, 4), pool, Enumerable.Repeat(-0f, 8).ToArray(), Enumerable.Repeat(1f, 12).ToArray(), c);
        Assert.All(c, x => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(x)));
    }

    [Fact]
    public void An_empty_depth_overwrites_c_with_positive_zero()
    {
        using var pool = new WorkerPool(2);
        foreach ((int m, int n) in new[] { (1, 1), (1, 64), (64, 1), (13, 70) })
        {
            float[] c = Enumerable.Repeat(float.NaN, m * n).ToArray();
            Execute(Nests.Dense(DType.Float32, 1, m, n, 0), pool, [], [], c);
            Assert.All(c, x => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(x)));
        }
    }

    [Theory]
    [InlineData(0, 4, 4)]
    [InlineData(1, 0, 4)]
    [InlineData(1, 4, 0)]
    public void An_empty_result_is_left_alone(int batch, int m, int n)
    {
        using var pool = new WorkerPool(1);
        var kernel = new ContractionKernel(Nests.Dense(DType.Float32, batch, m, n, 5));
        Assert.Equal(0, kernel.Chunks);
        Execute(Nests.Dense(DType.Float32, batch, m, n, 5), pool, new float[20], new float[20], Array.Empty<float>());
    }

    [Theory]
    [InlineData(1, 1, 1, 3)]
    [InlineData(1, 64, 10, 256)]
    [InlineData(1, 10, 64, 256)]
    [InlineData(1, 300, 70, 600)]
    [InlineData(1, 9, 32, 20_000)]
    [InlineData(1, 700, 40, 300)]
    [InlineData(2, 9, 20, 20_000)]
    [InlineData(5, 33, 130, 50)]
    [InlineData(100, 16, 16, 16)]
    [InlineData(2, 5, 6, 0)]
    [InlineData(3, 1, 100, 700)]
    [InlineData(3, 100, 1, 700)]
    public void The_epilogue_sees_every_final_element_once(int batch, int m, int n, int k)
    {
        using var pool = new WorkerPool(3);
        ContractionNest nest = Nests.Dense(DType.Float32, batch, m, n, k);
        float[] a = Nests.Fill<float>(batch * m * k, 1);
        float[] b = Nests.Fill<float>(batch * k * n, 2);
        float[] expected = new float[batch * m * n];
        float[] c = new float[batch * m * n];
        NaiveContraction.Run(nest, a, b, expected);
        var epilogue = new Recorder(c, m, n);
        Execute(nest, pool, a, b, c, epilogue);
        Assert.All(epilogue.Calls, calls => Assert.Equal(1, calls));
        Assert.Equal(expected, epilogue.Seen);
    }

    [Fact]
    public unsafe void Running_again_allocates_nothing()
    {
        using var pool = new WorkerPool(1);
        foreach (ContractionNest nest in new[] { Nests.Dense(DType.Float32, 1, 200, 200, 300), Nests.Dense(DType.Float64, 4, 20, 30, 10, 7), Nests.Dense(DType.Float32, 1, 9, 32, 20_000) })
        {
            void* memory = NativeMemory.AllocZeroed(4_000_000);
            var kernel = new ContractionKernel(nest);
            kernel.Run(pool, memory, memory, (byte*)memory + 3_000_000);
            long before = ManagedBytes.BeforeWork();
            for (int i = 0; i < 3; i++)
            {
                kernel.Run(pool, memory, memory, (byte*)memory + 3_000_000);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            NativeMemory.Free(memory);
        }
    }

    [Fact]
    public void The_number_of_chunks_depends_on_the_shape_alone()
    {
        Assert.Equal(1, new ContractionKernel(Nests.Dense(DType.Float32, 1, 16, 16, 16)).Chunks);
        Assert.InRange(new ContractionKernel(Nests.Dense(DType.Float32, 1, 1024, 1024, 1024)).Chunks, 16, 128);
        Assert.InRange(new ContractionKernel(Nests.Dense(DType.Float32, 1024, 16, 16, 16)).Chunks, 16, 128);
    }

    [Fact]
    public void A_type_without_contraction_is_refused()
    {
        DTypeException e = Assert.Throws<DTypeException>(() => new ContractionKernel(Nests.Dense(DType.UInt8, 1, 2, 2, 2)));
        Assert.Equal("contraction: the element type is uint8. Convert the operands to float32, float64, int32 or int64.", e.Message);
    }

    [Fact]
    public void Tables_of_one_axis_that_differ_in_length_are_refused()
    {
        ContractionNest good = Nests.Dense(DType.Float32, 1, 2, 3, 4);
        ShapeException e = Assert.Throws<ShapeException>(() => new ContractionKernel(new ContractionNest
        {
            Type = good.Type,
            BatchA = good.BatchA,
            BatchB = good.BatchB,
            BatchC = good.BatchC,
            RowA = good.RowA,
            DepthA = good.DepthA,
            DepthB = [0, 1],
            ColumnB = good.ColumnB,
            RowC = good.RowC,
            ColumnC = good.ColumnC,
        }));
        Assert.Equal("contraction: the depth tables have 4 and 2 offsets. Give one offset for each index of the axis.", e.Message);
    }

    static int[] Shuffled(int count, int step) => [.. Enumerable.Range(0, count).Select(i => i * step % 83 * 4)];

    internal static void RequireBits(ContractionNest nest, WorkerPool pool)
    {
        switch (nest.Type)
        {
            case DType.Float32:
                RequireBits<float>(nest, pool);
                break;
            case DType.Float64:
                RequireBits<double>(nest, pool);
                break;
            case DType.Int32:
                RequireBits<int>(nest, pool);
                break;
            default:
                RequireBits<long>(nest, pool);
                break;
        }
    }

    static void RequireBits<T>(ContractionNest nest, WorkerPool pool)
        where T : unmanaged
    {
        T[] a = Nests.Fill<T>(Nests.Length(nest.BatchA, nest.RowA, nest.DepthA), 1);
        T[] b = Nests.Fill<T>(Nests.Length(nest.BatchB, nest.DepthB, nest.ColumnB), 2);
        T[] expected = Nests.Fill<T>(Nests.Length(nest.BatchC, nest.RowC, nest.ColumnC), 3);
        T[] original = [.. expected];
        NaiveContraction.Run(nest, a, b, expected);
        foreach (int registerBytes in new[] { 32, 64 })
        {
            T[] actual = [.. original];
            Execute(nest, pool, a, b, actual, registerBytes: registerBytes);
            Assert.True(
                MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual.AsSpan())),
                $"registers of {registerBytes} bytes, {nest.Type}, batch {nest.Batch}, {nest.M}x{nest.N}x{nest.K}, rows of A {nest.RowA[^1]}, columns of B {nest.ColumnB[^1]}, columns of C {nest.ColumnC[^1]}");
        }
    }

    internal static unsafe void Execute<T>(ContractionNest nest, WorkerPool pool, T[] a, T[] b, T[] c, IContractionEpilogue? epilogue = null, int? registerBytes = null)
        where T : unmanaged
    {
        fixed (T* pa = a, pb = b, pc = c)
        {
            new ContractionKernel(nest, registerBytes ?? ContractionPlan.WidestRegisterBytes).Run(pool, pa, pb, pc, epilogue);
        }
    }

    sealed class Recorder(float[] c, int m, int n) : IContractionEpilogue
    {
        public int[] Calls { get; } = new int[c.Length];

        public float[] Seen { get; } = new float[c.Length];

        public void Apply(int batch, int rowStart, int rowCount, int columnStart, int columnCount)
        {
            for (int i = rowStart; i < rowStart + rowCount; i++)
            {
                for (int j = columnStart; j < columnStart + columnCount; j++)
                {
                    int at = (((batch * m) + i) * n) + j;
                    Interlocked.Increment(ref Calls[at]);
                    Seen[at] = c[at];
                }
            }
        }
    }
}
