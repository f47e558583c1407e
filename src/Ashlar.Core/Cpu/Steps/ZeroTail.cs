using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Steps;

/// <summary>When the last terms of float32 sums may be left out: they are products of zero.</summary>
/// <remarks>Adding ±0 · b changes a sum only where b is not finite (0 · ∞ is NaN) or the sum is -0 (-0 + 0 is 0).</remarks>
static unsafe class ZeroTail
{
    const uint Magnitude = 0x7FFF_FFFF;
    const uint Infinity = 0x7F80_0000;
    const uint NegativeZero = 0x8000_0000;

    /// <summary>The columns, a multiple of a quantum or all, behind which all rows hold zeros of either sign.</summary>
    /// <param name="a">The first row; rows lie side by side.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="quantum">A positive multiple of eight.</param>
    public static int Columns(float* a, int rows, int columns, int quantum)
    {
        int start = (columns - 1) / quantum * quantum;
        while (start > 0 && AreZero(a + start, rows, Math.Min(quantum, columns - start), columns))
        {
            start -= quantum;
        }

        return Math.Min(columns, start + quantum);
    }

    /// <summary>Whether all elements of some rows are finite.</summary>
    /// <param name="b">Where offsets count from.</param>
    /// <param name="rows">Offset of each row.</param>
    /// <param name="columns">Elements of a row, side by side.</param>
    public static bool IsFinite(float* b, ReadOnlySpan<int> rows, int columns)
    {
        foreach (int row in rows)
        {
            if (Largest(b + row, columns) >= Infinity)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether any element is -0.</summary>
    public static bool HasNegativeZero(float* c, int count) => new ReadOnlySpan<uint>(c, count).Contains(NegativeZero);

    static bool AreZero(float* block, int rows, int width, int stride)
    {
        for (int row = 0; row < rows; row++)
        {
            if (Largest(block + ((nint)row * stride), width) != 0)
            {
                return false;
            }
        }

        return true;
    }

    // The largest magnitude's bits; NaN is above infinity.
    static uint Largest(float* x, int count)
    {
        int i = 0;
        Vector256<uint> most = Vector256<uint>.Zero;
        for (; i <= count - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            most = Vector256.Max(most, Vector256.Load((uint*)x + i) & Vector256.Create(Magnitude));
        }

        uint largest = 0;
        for (int lane = 0; lane < Vector256<uint>.Count; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }

        for (; i < count; i++)
        {
            largest = Math.Max(largest, ((uint*)x)[i] & Magnitude);
        }

        return largest;
    }
}
