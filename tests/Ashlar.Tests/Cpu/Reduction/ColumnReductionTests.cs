using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Tests.Cpu.Reduction;

public sealed unsafe class ColumnReductionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(131)]
    [InlineData(300)]
    public void Every_column_has_the_bits_of_the_law(int columns)
    {
        foreach (int rows in (int[])[0, 1, 31, 32, 33, 65, 4096, 4097, 12289])
        {
            if (rows * columns < 2_000_000)
            {
                CheckColumns<float, SumOf<float>>(rows, columns, ReduceKind.Sum);
                CheckColumns<float, MaxOf<float>>(rows, columns, ReduceKind.Max);
                CheckColumns<double, SumOf<double>>(rows, columns, ReduceKind.Sum);
                CheckColumns<double, ProdOf<double>>(rows, columns, ReduceKind.Prod);
                CheckColumns<int, SumOf<int>>(rows, columns, ReduceKind.Sum);
                CheckColumns<long, MinOf<long>>(rows, columns, ReduceKind.Min);
                CheckColumns<byte, MaxOf<byte>>(rows, columns, ReduceKind.Max);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(33)]
    [InlineData(131)]
    public void Columns_of_few_rows_have_the_bits_of_the_law(int columns)
    {
        foreach (int rows in (int[])[0, 1, 7, 8, 9, 31, 32, 33, 40, 63, 64, 100, 255, FewRowsReduction.MostRows])
        {
            CheckFewRows<float, SumOf<float>>(rows, columns, ReduceKind.Sum, ReductionTrial.Values<float>);
            CheckFewRows<float, MaxOf<float>>(rows, columns, ReduceKind.Max, (n, seed) => ReductionTrial.Ties<float>(n, seed, nan: true));
            CheckFewRows<double, SumOf<double>>(rows, columns, ReduceKind.Sum, (n, seed) => ReductionTrial.Ties<double>(n, seed, nan: false));
            CheckFewRows<double, ProdOf<double>>(rows, columns, ReduceKind.Prod, ReductionTrial.Values<double>);
            CheckFewRows<int, SumOf<int>>(rows, columns, ReduceKind.Sum, ReductionTrial.Values<int>);
            CheckFewRows<long, MinOf<long>>(rows, columns, ReduceKind.Min, ReductionTrial.Values<long>);
            CheckFewRows<byte, MinOf<byte>>(rows, columns, ReduceKind.Min, ReductionTrial.Values<byte>);
        }
    }

    [Fact]
    public void Every_number_of_blocks_up_to_40_folds_by_the_tree_of_the_law()
    {
        const int Columns = 5;
        for (int blocks = 1; blocks <= 40; blocks++)
        {
            float[] partials = ReductionTrial.Values<float>(blocks * Columns, (ulong)blocks);
            float[] copy = [.. partials];
            var result = new float[Columns];
            fixed (float* p = partials)
            fixed (float* r = result)
            {
                ColumnReduction.FoldTree<float, SumOf<float>>(p, blocks, Columns, r);
            }

            for (int c = 0; c < Columns; c++)
            {
                float[] column = [.. Enumerable.Range(0, blocks).Select(j => copy[(j * Columns) + c])];
                fixed (float* x = column)
                {
                    Assert.Equal(RowReduction.FoldTree<float, SumOf<float>>(x, blocks), result[c]);
                }
            }
        }
    }

    static void CheckFewRows<T, TOp>(int rows, int columns, ReduceKind kind, Func<int, ulong, T[]> draw)
        where T : unmanaged, INumber<T>
        where TOp : struct, IReduction<T>
    {
        int stride = columns + 2;
        T[] values = draw((rows * stride) + 1, (ulong)(rows + columns));
        var open = new T[(FewRowsReduction.OpenBranches * columns) + 1];
        var result = new T[columns + 1];
        fixed (T* x = values)
        fixed (T* o = open)
        fixed (T* r = result)
        {
            FewRowsReduction.Run<T, TOp>(x, stride, rows, columns, o, r);
        }

        for (int c = 0; c < columns; c++)
        {
            T[] column = [.. Enumerable.Range(0, rows).Select(i => values[(i * stride) + c])];
            T expected = ReductionLaw.Reduce<T>(column, kind);
            Assert.True(ReductionTrial.SameBits(expected, result[c]), $"{kind} of [{rows}, {columns}] {typeof(T).Name}, column {c}: {result[c]}, expected {expected}");
        }

        Assert.Equal(T.Zero, result[columns]);
        Assert.Equal(T.Zero, open[^1]);
    }

    // Rows arrive in uneven pieces, with a stride wider than the columns.
    static void CheckColumns<T, TOp>(int rows, int columns, ReduceKind kind)
        where T : unmanaged, INumber<T>
        where TOp : struct, IReduction<T>
    {
        int stride = columns + 3;
        int blocks = (rows + 4095) / 4096;
        T[] values = ReductionTrial.Values<T>((rows * stride) + 1, (ulong)(rows + columns));
        var lanes = new T[(32 * columns) + 1];
        var partials = new T[(blocks * columns) + 1];
        var result = new T[columns + 1];
        fixed (T* x = values)
        fixed (T* l = lanes)
        fixed (T* p = partials)
        fixed (T* r = result)
        {
            for (int block = 0; block < blocks; block++)
            {
                ColumnReduction.Clear<T, TOp>(l, columns);
                int end = Math.Min(rows, (block + 1) * 4096);
                for (int row = block * 4096; row < end;)
                {
                    int count = Math.Min(1 + (row % 777), end - row);
                    ColumnReduction.AccumulateRows<T, TOp>(l, x + ((nint)row * stride), stride, row, count, columns);
                    row += count;
                }

                ColumnReduction.FoldLanes<T, TOp>(l, columns, p + (block * columns));
            }

            ColumnReduction.FoldTree<T, TOp>(p, blocks, columns, r);
        }

        for (int c = 0; c < columns; c++)
        {
            T[] column = [.. Enumerable.Range(0, rows).Select(i => values[(i * stride) + c])];
            T expected = ReductionLaw.Reduce<T>(column, kind);
            Assert.True(ReductionTrial.SameBits(expected, result[c]), $"{kind} of [{rows}, {columns}] {typeof(T).Name}, column {c}: {result[c]}, expected {expected}");
        }

        Assert.Equal(T.Zero, result[columns]);
    }
}
