using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Reference;

namespace Ashlar.Tests.Cpu.Reduction;

public sealed unsafe class ArgReductionTests
{
    [Fact]
    public void The_index_of_a_row_is_that_of_the_law_at_every_length()
    {
        CheckRows<float>();
        CheckRows<double>();
        CheckRows<int>();
        CheckRows<long>();
        CheckRows<byte>();
    }

    [Fact]
    public void The_first_NaN_wins_in_every_place()
    {
        for (int at = 0; at < 66; at++)
        {
            var values = new float[66];
            Array.Fill(values, float.PositiveInfinity);
            values[at] = float.NaN;
            values[65] = float.NaN;
            fixed (float* x = values)
            {
                Assert.Equal(at, ArgReduction.ReduceRow<float, MaxOf<float>>(x, 66));
                Assert.Equal(at, ArgReduction.ReduceRow<float, MinOf<float>>(x, 66));
            }
        }
    }

    [Fact]
    public void Negative_and_positive_zero_tie()
    {
        float[] values = [-0f, 0f, -0f];
        fixed (float* x = values)
        {
            Assert.Equal(0, ArgReduction.ReduceRow<float, MaxOf<float>>(x, 3));
            Assert.Equal(0, ArgReduction.ReduceRow<float, MinOf<float>>(x + 1, 2));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 9)]
    [InlineData(5000, 17)]
    public void Every_column_has_the_index_of_the_law(int rows, int columns)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            CheckColumns<float>(rows, columns, seed);
            CheckColumns<long>(rows, columns, seed);
        }
    }

    [Fact]
    public void An_empty_row_is_refused()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => ArgReduction.ReduceRow<float, MaxOf<float>>(null, 0));

        Assert.StartsWith("ArgReduction: the row has 0 elements. Reduce over an axis whose extent is at least 1.", error.Message, StringComparison.Ordinal);
    }

    static void CheckRows<T>()
        where T : unmanaged, INumber<T>
    {
        foreach (int n in ReductionTrial.Lengths.Where(n => n > 0))
        {
            for (ulong seed = 0; seed < 10; seed++)
            {
                foreach (T[] values in (T[][])[ReductionTrial.Values<T>(n, seed), ReductionTrial.Ties<T>(n, seed, nan: false), ReductionTrial.Ties<T>(n, seed, nan: true)])
                {
                    fixed (T* x = values)
                    {
                        Assert.Equal(ReductionLaw.ArgMax<T>(values), ArgReduction.ReduceRow<T, MaxOf<T>>(x, n));
                        Assert.Equal(ReductionLaw.ArgMin<T>(values), ArgReduction.ReduceRow<T, MinOf<T>>(x, n));
                    }
                }
            }
        }
    }

    static void CheckColumns<T>(int rows, int columns, ulong seed)
        where T : unmanaged, INumber<T>
    {
        T[] values = ReductionTrial.Ties<T>(rows * columns, seed, nan: seed % 2 == 0);
        var best = new T[columns];
        var indices = new long[columns];
        fixed (T* x = values)
        fixed (T* b = best)
        fixed (long* index = indices)
        {
            int half = rows / 2;
            ArgReduction.AccumulateRows<T, MaxOf<T>>(b, index, x, columns, 0, half, columns);
            ArgReduction.AccumulateRows<T, MaxOf<T>>(b, index, x + (half * columns), columns, half, rows - half, columns);
        }

        for (int c = 0; c < columns; c++)
        {
            T[] column = [.. Enumerable.Range(0, rows).Select(i => values[(i * columns) + c])];
            Assert.Equal(ReductionLaw.ArgMax<T>(column), indices[c]);
            Assert.True(ReductionTrial.SameBits(column[indices[c]], best[c]));
        }
    }
}
