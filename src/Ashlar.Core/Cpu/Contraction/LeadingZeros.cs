using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>The first k of a packed panel of rows at which all rows are +0: weights that a causal mask makes, transposed. Tiles begin behind them.</summary>
/// <remarks>A chunk's sum starts from +0, and +0 · b added to it is +0 again unless b is not finite, so leaving these terms out does not show.
/// How many there are is kept behind the panel, in the last element of <see cref="TileShape.Slack"/>, which packing never reaches.</remarks>
static unsafe class LeadingZeros
{
    const uint Magnitude = 0x7FFF_FFFF;
    const uint Infinity = 0x7F80_0000;

    /// <summary>Counts them behind a panel that was just packed.</summary>
    /// <param name="panel">[depth, width].</param>
    /// <param name="width">Rows of the panel.</param>
    /// <param name="depth">Number of k.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note<T>(T* panel, int width, int depth)
        where T : unmanaged
    {
        int words = width * depth * sizeof(T) / sizeof(int);
        int first = words == 0 || *(int*)panel != 0 ? 0 : new ReadOnlySpan<int>(panel, words).IndexOfAnyExcept(0);
        *Place(panel, width, depth) = first < 0 ? depth : first * sizeof(int) / sizeof(T) / width;
    }

    /// <summary>Counts them in rows that lie side by side for each k.</summary>
    /// <param name="rows">The first k.</param>
    /// <param name="step">Elements from one k to the next.</param>
    /// <param name="width">Rows, at least four.</param>
    /// <param name="depth">Number of k.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Across<T>(T* rows, nint step, int width, int depth)
        where T : unmanaged
    {
        int words = width * sizeof(T) / sizeof(int);
        for (int k = 0; k < depth; k++)
        {
            int* x = (int*)rows;
            bool isZero;
            if (words < Vector256<int>.Count)
            {
                isZero = (Vector128.Load(x) | Vector128.Load(x + words - Vector128<int>.Count)) == Vector128<int>.Zero;
            }
            else
            {
                Vector256<int> any = Vector256.Load(x + words - Vector256<int>.Count);
                for (int i = 0; i < words - Vector256<int>.Count; i += Vector256<int>.Count)
                {
                    any |= Vector256.Load(x + i);
                }

                isZero = any == Vector256<int>.Zero;
            }

            if (!isZero)
            {
                return k;
            }

            rows += step;
        }

        return depth;
    }

    /// <summary>How many were counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of<T>(T* panel, int width, int depth)
        where T : unmanaged => *Place(panel, width, depth);

    /// <summary>The first k, up to an end, whose elements in a panel of columns are not all finite.</summary>
    /// <param name="columns">The panel.</param>
    /// <param name="step">Elements from one k to the next.</param>
    /// <param name="width">Elements of a k, whole vectors of 256 bits.</param>
    /// <param name="known">As many k are known to be finite.</param>
    /// <param name="end">One past the last k to look at.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FiniteBefore<T>(T* columns, nint step, int width, int known, int end)
        where T : unmanaged
    {
        if (typeof(T) != typeof(float))
        {
            return typeof(T) == typeof(double) ? 0 : end;
        }

        for (; known < end; known++)
        {
            uint* row = (uint*)(columns + (known * step));
            Vector256<uint> most = Vector256<uint>.Zero;
            for (int i = 0; i < width; i += Vector256<uint>.Count)
            {
                most = Vector256.Max(most, Vector256.Load(row + i) & Vector256.Create(Magnitude));
            }

            if (Vector256.GreaterThanOrEqualAny(most, Vector256.Create(Infinity)))
            {
                break;
            }
        }

        return known;
    }

    static int* Place<T>(T* panel, int width, int depth)
        where T : unmanaged => (int*)(panel + ((nint)width * depth) + TileShape.Slack - 1);
}
