using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

/// <summary>Nests of dense products whose operands lie in memory in every usual way.</summary>
static class Nests
{
    /// <param name="type">Element type.</param>
    /// <param name="batch">Batches.</param>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="k">Depth.</param>
    /// <param name="layout">Bit 0: A transposed. Bit 1: B transposed. Bit 2: C transposed. Bit 3: every stride doubled. Bit 4: one B for all batches.</param>
    /// <param name="isPart">Whether one thread computes all of it.</param>
    public static ContractionNest Dense(DType type, int batch, int m, int n, int k, int layout = 0, bool isPart = false)
    {
        int step = (layout & 8) != 0 ? 2 : 1;
        (int rowA, int depthA) = (layout & 1) != 0 ? (1, m) : (k, 1);
        (int depthB, int columnB) = (layout & 2) != 0 ? (1, k) : (n, 1);
        (int rowC, int columnC) = (layout & 4) != 0 ? (1, m) : (n, 1);
        return new ContractionNest
        {
            Type = type,
            BatchA = Steps(batch, step * m * k),
            BatchB = Steps(batch, (layout & 16) != 0 ? 0 : step * k * n),
            BatchC = Steps(batch, step * m * n),
            RowA = Steps(m, step * rowA),
            DepthA = Steps(k, step * depthA),
            DepthB = Steps(k, step * depthB),
            ColumnB = Steps(n, step * columnB),
            RowC = Steps(m, step * rowC),
            ColumnC = Steps(n, step * columnC),
            IsPart = isPart,
        };
    }

    public static int[] Steps(int count, int step) => [.. Enumerable.Range(0, count).Select(i => i * step)];

    public static int Length(params int[][] tables) => tables.Any(t => t.Length == 0) ? 0 : tables.Sum(t => t.Max()) + 1;

    /// <summary>Values of either sign and many magnitudes, the same for equal seeds.</summary>
    public static T[] Fill<T>(int length, ulong seed)
        where T : unmanaged
    {
        var values = new T[length];
        ulong state = (seed * 2) + 1;
        for (int i = 0; i < length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            long bits = (long)(state >> 20);
            double value = (bits % 20001 / 10000.0) - 1;
            values[i] = (T)Convert.ChangeType(typeof(T) == typeof(int) ? (int)bits : typeof(T) == typeof(long) ? bits << 19 : value, typeof(T), null);
        }

        return values;
    }
}
