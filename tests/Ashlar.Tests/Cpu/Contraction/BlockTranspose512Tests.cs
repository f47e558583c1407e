using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed unsafe class BlockTranspose512Tests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(37)]
    public void Rows_of_any_length_are_transposed_in_both_directions(int length)
    {
        if (!BlockTranspose512.IsSupported)
        {
            return;
        }

        const int Step = 20;
        float[] source = [.. Enumerable.Range(0, 16 * 41).Select(i => (float)i)];
        int[] rows = [.. Enumerable.Range(0, 16).Select(i => i * 41)];
        foreach (int direction in (int[])[1, -1])
        {
            float[] actual = new float[length * Step];
            fixed (float* from = source, to = actual)
            {
                fixed (int* offsets = rows)
                {
                    BlockTranspose512.Run(from + (direction > 0 ? 0 : length - 1), offsets, length, to, Step, direction);
                }
            }

            for (int i = 0; i < length * Step; i++)
            {
                int element = direction > 0 ? i / Step : length - 1 - (i / Step);
                Assert.Equal(i % Step < 16 ? (i % Step * 41) + element : 0, actual[i]);
            }
        }
    }
}
