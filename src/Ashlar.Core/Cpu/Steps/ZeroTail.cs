using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Steps;

/// <summary>When the last terms of float32 sums may be left out: they are products of zero.</summary>
/// <remarks>Adding ±0 · b changes a sum only where b is not finite (0 · ∞ is NaN) or the sum is -0 (-0 + 0 is 0).</remarks>
static unsafe class ZeroTail
{
    const uint Magnitude = 0x7FFF_FFFF;
    const uint NegativeZero = 0x8000_0000;

    /// <summary>The columns, a multiple of a quantum or all, behind which all rows hold zeros of either sign.</summary>
    /// <param name="a">The first row; rows lie side by side.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="quantum">A positive multiple of eight.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Columns(float* a, int rows, int columns, int quantum)
    {
        int start = (columns - 1) / quantum * quantum;
        while (start > 0 && AreZero(a + start, rows, Math.Min(quantum, columns - start), columns))
        {
            start -= quantum;
        }

        return Math.Min(columns, start + quantum);
    }

    /// <summary>The largest magnitude of some rows; no number if one of them is none.</summary>
    /// <param name="x">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="columns">Elements of a row, side by side.</param>
    public static float LargestMagnitude(float* x, int rows, nint step, int columns) => BitConverter.UInt32BitsToSingle(Largest(x, rows, step, columns));

    /// <summary>Whether any element is -0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasNegativeZero(float* c, int count)
    {
        uint* bits = (uint*)c;
        Vector512<uint> wanted = Vector512.Create(NegativeZero);
        int step = Vector512<uint>.Count;
        int i = 0;
        for (; i <= count - (4 * step); i += 4 * step)
        {
            Vector512<uint> found = Vector512.Equals(Vector512.Load(bits + i), wanted) | Vector512.Equals(Vector512.Load(bits + i + step), wanted)
                | Vector512.Equals(Vector512.Load(bits + i + (2 * step)), wanted) | Vector512.Equals(Vector512.Load(bits + i + (3 * step)), wanted);
            if (found != Vector512<uint>.Zero)
            {
                return true;
            }
        }

        return new ReadOnlySpan<uint>(bits + i, count - i).Contains(NegativeZero);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool AreZero(float* block, int rows, int width, int stride)
    {
        Vector256<uint> any = Vector256<uint>.Zero;
        uint last = 0;
        for (int row = 0; row < rows; row++)
        {
            uint* x = (uint*)block + ((nint)row * stride);
            int i = 0;
            for (; i <= width - Vector256<uint>.Count; i += Vector256<uint>.Count)
            {
                any |= Vector256.Load(x + i);
            }

            for (; i < width; i++)
            {
                last |= x[i];
            }
        }

        return ((last | Reduced(any, or: true)) & Magnitude) == 0;
    }

    // The largest magnitude's bits; NaN is above infinity.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Largest(float* x, int rows, nint step, int columns)
    {
        if (step == columns)
        {
            (rows, columns) = (1, rows * columns);
        }

        Vector512<uint> magnitude = Vector512.Create(Magnitude);
        Vector512<uint> most = Vector512<uint>.Zero;
        Vector512<uint> other = Vector512<uint>.Zero;
        int width = Vector512<uint>.Count;
        uint largest = 0;
        for (int row = 0; row < rows; row++)
        {
            uint* bits = (uint*)x + (row * step);
            int i = 0;
            for (; i <= columns - (2 * width); i += 2 * width)
            {
                most = Vector512.Max(most, Vector512.Load(bits + i) & magnitude);
                other = Vector512.Max(other, Vector512.Load(bits + i + width) & magnitude);
            }

            for (; i < columns; i++)
            {
                largest = Math.Max(largest, bits[i] & Magnitude);
            }
        }

        most = Vector512.Max(most, other);
        return Math.Max(largest, Reduced(Vector256.Max(most.GetLower(), most.GetUpper()), or: false));
    }

    static uint Reduced(Vector256<uint> lanes, bool or)
    {
        uint result = 0;
        for (int lane = 0; lane < Vector256<uint>.Count; lane++)
        {
            result = or ? result | lanes[lane] : Math.Max(result, lanes[lane]);
        }

        return result;
    }
}
