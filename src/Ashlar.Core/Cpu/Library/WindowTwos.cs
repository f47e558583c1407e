using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Windows of 2 × 2 two apart, the usual pooling: row after row of whole windows, with nothing to look up between them.</summary>
static unsafe class WindowTwos<T, TOperation>
    where T : unmanaged, INumber<T>
    where TOperation : struct, IReduction<T>
{
    /// <summary>Whether a window operation is computed this way.</summary>
    public static bool Fits(WindowFrame frame) => sizeof(T) >= 4 && frame.IsTwoByTwo;

    /// <param name="frame">The geometry.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, height, width] of results.</param>
    /// <param name="first">First row of results.</param>
    /// <param name="end">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(WindowFrame frame, T* input, T* output, int first, int end)
    {
        int count = Vector256<T>.Count;
        int size = frame.OutWidth;
        int width = frame.Width;
        int rows = frame.OutHeight;
        int left = rows - (first % rows);
        nint rest = frame.Plane - (2 * (nint)rows * width);
        T* upper = input + ((first / rows) * (nint)frame.Plane) + (2 * (nint)(rows - left) * width);

        // Of fewer results than a vector holds the loads run on into the next rows, and the surplus goes where the next results will.
        T* lastLoads = size < count ? input + ((nint)frame.Planes * frame.Plane) - width - (2 * count) : input - 1;
        T* lastStore = output + ((nint)end * size) - count;
        for (T* y = output + ((nint)first * size); first < end; first++, y += size)
        {
            Row(upper, width, y, 0, upper <= lastLoads && y <= lastStore ? count : size);
            upper += 2 * width;
            if (--left == 0)
            {
                left = rows;
                upper += rest;
            }
        }
    }

    /// <summary>One row of results.</summary>
    /// <param name="upper">The upper row of the windows, at the first.</param>
    /// <param name="width">Elements from there to the lower row.</param>
    /// <param name="y">The results.</param>
    /// <param name="column">First result.</param>
    /// <param name="end">One past the last.</param>
    /// <remarks>The law's tree for four elements is (e0 + e2) + (e1 + e3): rows first, then the two columns.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row(T* upper, int width, T* y, int column, int end)
    {
        T* lower = upper + width;
        int count = Vector256<T>.Count;
        if (Avx512F.IsSupported && sizeof(T) == sizeof(float) && end - column >= Vector512<T>.Count)
        {
            WideRow(upper, lower, y, column, end);
            return;
        }

        if (end - column >= count)
        {
            for (; column < end; column += count)
            {
                column = Math.Min(column, end - count);
                T* a = upper + (2 * column);
                T* b = lower + (2 * column);
                ColumnLoad.Split(
                    TOperation.Combine(Vector256.Load(a), Vector256.Load(b)),
                    TOperation.Combine(Vector256.Load(a + count), Vector256.Load(b + count)),
                    out Vector256<T> even,
                    out Vector256<T> odd);
                Vector256<T> combined = TOperation.Combine(even, odd);
                (ReductionOrder<T, TOperation>.Matters ? combined + Vector256<T>.Zero : combined).Store(y + column);
            }

            return;
        }

        for (; column < end; column++)
        {
            T* a = upper + (2 * column);
            T* b = lower + (2 * column);
            T combined = TOperation.Combine(TOperation.Combine(a[0], b[0]), TOperation.Combine(a[1], b[1]));
            y[column] = ReductionOrder<T, TOperation>.Matters ? combined + T.Zero : combined;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void WideRow(T* upper, T* lower, T* y, int column, int end)
    {
        int count = Vector512<T>.Count;
        Vector512<int> evens = Vector512<int>.Indices << 1;
        for (; column < end; column += count)
        {
            column = Math.Min(column, end - count);
            T* a = upper + (2 * column);
            T* b = lower + (2 * column);
            Vector512<int> left = TOperation.Combine(Vector512.Load(a), Vector512.Load(b)).AsInt32();
            Vector512<int> right = TOperation.Combine(Vector512.Load(a + count), Vector512.Load(b + count)).AsInt32();
            Vector512<T> even = Avx512F.PermuteVar16x32x2(left, evens, right).As<int, T>();
            Vector512<T> odd = Avx512F.PermuteVar16x32x2(left, evens | Vector512<int>.One, right).As<int, T>();
            Vector512<T> combined = TOperation.Combine(even, odd);
            (ReductionOrder<T, TOperation>.Matters ? combined + Vector512<T>.Zero : combined).Store(y + column);
        }
    }
}
