namespace Ashlar.Tests.Cpu.Library;

public sealed class StridedCopyKernelTests
{
    // Extents that are no multiple of any block's side, below it, and above a tile's.
    [Theory]
    [InlineData(70, 133)]
    [InlineData(16, 64)]
    [InlineData(129, 9)]
    [InlineData(3, 200)]
    public void Transposed_matrix_of_every_item_size_has_each_element_in_its_place(int rows, int columns)
    {
        Holds<byte>(rows, columns, i => (byte)(i * 7));
        Holds<short>(rows, columns, i => (short)i);
        Holds<float>(rows, columns, i => i);
        Holds<double>(rows, columns, i => i);
    }

    // Larger than what is written into the caches; in tiles of which the last are not whole.
    [Fact]
    public void Large_transposed_matrix_has_each_element_in_its_place()
    {
        const int Columns = 1050;
        double[] values = [.. Enumerable.Range(0, 2000 * Columns).Select(i => (double)i)];
        float[] narrow = [.. values.Select(value => (float)value)];
        double[] expected = [.. Enumerable.Range(0, values.Length).Select(i => values[(i % 2000 * Columns) + (i / 2000)])];

        double[] transposed = Tensor.From(values, 2000, Columns).T.ToArray<double>();
        float[] transposedNarrow = Tensor.From(narrow, 2000, Columns).T.ToArray<float>();

        Assert.True(expected.AsSpan().SequenceEqual(transposed));
        Assert.True(expected.Select(value => (float)value).SequenceEqual(transposedNarrow));
    }

    [Fact]
    public void Permuted_axes_of_a_slice_have_each_element_in_its_place()
    {
        Tensor x = Tensor.Arange(3 * 40 * 5 * 21).Reshape(3, 40, 5, 21);

        int[] heads = x[.., 2..39].Permute(0, 2, 1, 3).ToArray<int>();
        int[] channels = x[.., 2..39].Permute(2, 0, 3, 1).ToArray<int>();

        int at = 0;
        for (int a = 0; a < 3; a++)
        {
            for (int c = 0; c < 5; c++)
            {
                for (int b = 0; b < 37; b++)
                {
                    for (int d = 0; d < 21; d++)
                    {
                        int value = ((((a * 40) + b + 2) * 5) + c) * 21 + d;
                        Assert.Equal(value, heads[at++]);
                        Assert.Equal(value, channels[(((((c * 3) + a) * 21) + d) * 37) + b]);
                    }
                }
            }
        }
    }

    static void Holds<T>(int rows, int columns, Func<int, T> value)
        where T : unmanaged
    {
        T[] values = [.. Enumerable.Range(0, rows * columns).Select(value)];

        T[] transposed = Tensor.From(values, rows, columns).T.ToArray<T>();

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(values[(i * columns) + j], transposed[(j * rows) + i]);
            }
        }
    }
}
