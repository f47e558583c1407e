using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>Elements of four bytes picked by indices that are places. Eight indices are tested at once, and four elements are stored together: what is left are the loads.</summary>
static unsafe class WordPick
{
    const int Block = 8;

    /// <summary>y[i] = x[index[i]], up to the first eight indices of which one lies outside, or to the last whole eight.</summary>
    /// <param name="x">[extent].</param>
    /// <param name="extent">How many places there are.</param>
    /// <param name="index">[count].</param>
    /// <param name="y">[count].</param>
    /// <param name="count">≥ 0.</param>
    /// <returns>How many were picked.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint Run(float* x, int extent, long* index, float* y, nint count)
    {
        // A negative index is larger than all others without its sign.
        Vector512<ulong> border = Vector512.Create((ulong)extent);
        nint i = 0;
        for (; i <= count - Block; i += Block)
        {
            long* at = index + i;
            if (Vector512.GreaterThanOrEqualAny(Vector512.Load((ulong*)at), border))
            {
                return i;
            }

            Vector128<float> low = Vector128.Create(x[at[0]], x[at[1]], x[at[2]], x[at[3]]);
            Vector128<float> high = Vector128.Create(x[at[4]], x[at[5]], x[at[6]], x[at[7]]);
            low.Store(y + i);
            high.Store(y + i + (Block / 2));
        }

        return i;
    }

    /// <inheritdoc cref="Run(float*, int, long*, float*, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint Run(float* x, int extent, int* index, float* y, nint count)
    {
        Vector256<uint> border = Vector256.Create((uint)extent);
        nint i = 0;
        for (; i <= count - Block; i += Block)
        {
            int* at = index + i;
            if (Vector256.GreaterThanOrEqualAny(Vector256.Load((uint*)at), border))
            {
                return i;
            }

            Vector128<float> low = Vector128.Create(x[at[0]], x[at[1]], x[at[2]], x[at[3]]);
            Vector128<float> high = Vector128.Create(x[at[4]], x[at[5]], x[at[6]], x[at[7]]);
            low.Store(y + i);
            high.Store(y + i + (Block / 2));
        }

        return i;
    }
}
