using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Tests.Cpu.Reduction;

public sealed unsafe class RowReductionTests
{
    [Fact]
    public void A_row_has_the_bits_of_the_law_at_every_length()
    {
        CheckRows<float>();
        CheckRows<double>();
        CheckRows<int>();
        CheckRows<long>();
        CheckRows<byte>();
    }

    [Fact]
    public void Every_number_of_blocks_up_to_70_has_the_bits_of_the_law()
    {
        for (int blocks = 1; blocks <= 70; blocks++)
        {
            float[] values = ReductionTrial.Values<float>((blocks * 4096) - (blocks % 3), (ulong)blocks);
            fixed (float* x = values)
            {
                Assert.True(ReductionTrial.SameBits(ReductionLaw.Reduce<float>(values, ReduceKind.Sum), RowReduction.ReduceRow<float, SumOf<float>>(x, values.Length)), $"{blocks} blocks");
            }
        }
    }

    [Fact]
    public void Blocks_folded_by_the_tree_are_the_row()
    {
        foreach (int n in ReductionTrial.Lengths)
        {
            double[] values = ReductionTrial.Values<double>(n, 5);
            var partials = new double[((n + 4095) / 4096) + 1];
            fixed (double* x = values)
            fixed (double* p = partials)
            {
                int blocks = 0;
                for (int start = 0; start < n; start += 4096)
                {
                    p[blocks++] = RowReduction.ReduceBlock<double, SumOf<double>>(x + start, Math.Min(4096, n - start));
                }

                Assert.True(ReductionTrial.SameBits(ReductionLaw.Reduce<double>(values, ReduceKind.Sum), RowReduction.FoldTree<double, SumOf<double>>(p, blocks)), $"{n} elements");
            }
        }
    }

    [Fact]
    public void The_order_of_the_law_is_not_the_order_of_the_row()
    {
        float[] values = ReductionTrial.Values<float>(100000, 9);
        float inOrder = 0;
        foreach (float value in values)
        {
            inOrder += value;
        }

        Assert.NotEqual(inOrder, ReductionLaw.Reduce<float>(values, ReduceKind.Sum));
    }

    [Fact]
    public void A_NaN_anywhere_is_the_extremum_of_the_row()
    {
        for (int at = 0; at < 70; at++)
        {
            float[] values = ReductionTrial.Values<float>(70, 3);
            values[at] = float.NaN;
            fixed (float* x = values)
            {
                Assert.True(float.IsNaN(RowReduction.ReduceRow<float, MaxOf<float>>(x, 70)));
                Assert.True(float.IsNaN(RowReduction.ReduceRow<float, MinOf<float>>(x, 70)));
            }
        }
    }

    [Fact]
    public void The_extremum_of_zeros_of_both_signs_is_the_same_in_every_lane()
    {
        for (int at = 0; at < 70; at++)
        {
            double[] values = new double[70];
            Array.Fill(values, -0.0);
            values[at] = 0.0;
            fixed (double* x = values)
            {
                Assert.False(double.IsNegative(RowReduction.ReduceRow<double, MaxOf<double>>(x, 70)));
                Assert.True(double.IsNegative(RowReduction.ReduceRow<double, MinOf<double>>(x, 70)));
            }
        }
    }

    static void CheckRows<T>()
        where T : unmanaged, INumber<T>
    {
        foreach (int n in ReductionTrial.Lengths)
        {
            foreach (ReduceKind kind in ReductionTrial.Kinds)
            {
                T[][] rows = [ReductionTrial.Values<T>(n + 1, (ulong)n), ReductionTrial.Ties<T>(n + 1, (ulong)n, nan: false), ReductionTrial.Ties<T>(n + 1, (ulong)n, nan: true)];
                foreach (T[] row in rows)
                {
                    fixed (T* x = row)
                    {
                        // From the second element on: no alignment to rely on.
                        T expected = ReductionLaw.Reduce<T>(row.AsSpan(1), kind);
                        T actual = kind switch
                        {
                            ReduceKind.Sum => RowReduction.ReduceRow<T, SumOf<T>>(x + 1, n),
                            ReduceKind.Prod => RowReduction.ReduceRow<T, ProdOf<T>>(x + 1, n),
                            ReduceKind.Max => RowReduction.ReduceRow<T, MaxOf<T>>(x + 1, n),
                            _ => RowReduction.ReduceRow<T, MinOf<T>>(x + 1, n),
                        };
                        Assert.True(ReductionTrial.SameBits(expected, actual), $"{kind} of {n} {typeof(T).Name}: {actual}, expected {expected}");
                    }
                }
            }
        }
    }
}
