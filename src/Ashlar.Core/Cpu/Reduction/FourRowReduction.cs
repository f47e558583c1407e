using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Reduction;

/// <summary>Reduces four contiguous rows at once in the order of the law: their chains of additions hide each other's latency, and they are folded together.</summary>
static unsafe class FourRowReduction
{
    const int Rows = 4;

    /// <summary>Whether rows of this length can be taken: whole lanes of one block, in registers that hold them.</summary>
    public static bool Fits<T>(int columns)
        where T : unmanaged => Avx512F.IsSupported && sizeof(T) == 4 && columns > 0 && columns <= RowReduction.BlockLength && columns % RowReduction.LaneCount == 0;

    /// <summary>Reduces rows of a contiguous [rows, columns] array in fours, to one value each.</summary>
    /// <param name="source">The array; its columns fit.</param>
    /// <param name="target">One value for each row of the array.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <returns>The first row that is left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run<T, TOp>(T* source, T* target, int first, int end, int columns)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        int row = first;
        for (; row <= end - Rows; row += Rows)
        {
            T* x0 = source + ((nint)row * columns);
            T* x1 = x0 + columns;
            T* x2 = x1 + columns;
            T* x3 = x2 + columns;
            Vector512<T> a0 = Vector512.Create(TOp.Identity), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
            for (int i = 0; i < columns; i += RowReduction.LaneCount)
            {
                a0 = TOp.Combine(a0, Vector512.Load(x0 + i));
                a1 = TOp.Combine(a1, Vector512.Load(x1 + i));
                a2 = TOp.Combine(a2, Vector512.Load(x2 + i));
                a3 = TOp.Combine(a3, Vector512.Load(x3 + i));
                b0 = TOp.Combine(b0, Vector512.Load(x0 + i + 16));
                b1 = TOp.Combine(b1, Vector512.Load(x1 + i + 16));
                b2 = TOp.Combine(b2, Vector512.Load(x2 + i + 16));
                b3 = TOp.Combine(b3, Vector512.Load(x3 + i + 16));
            }

            Vector256<T> even = Four<T, TOp>(Eight<T, TOp>(a0, b0), Eight<T, TOp>(a1, b1));
            Vector256<T> odd = Four<T, TOp>(Eight<T, TOp>(a2, b2), Eight<T, TOp>(a3, b3));
            Vector256<T> two = TOp.Combine(
                Avx.UnpackLow(even.AsDouble(), odd.AsDouble()).As<double, T>(),
                Avx.UnpackHigh(even.AsDouble(), odd.AsDouble()).As<double, T>());
            Vector256<float> pairs = two.AsSingle();
            Vector256<T> one = TOp.Combine(Avx.Permute(pairs, 0b10_00_10_00).As<float, T>(), Avx.Permute(pairs, 0b11_01_11_01).As<float, T>());

            // Rows 0 and 2 stand in the lower half, 1 and 3 in the upper.
            target[row] = one[0];
            target[row + 1] = one[4];
            target[row + 2] = one[1];
            target[row + 3] = one[5];
        }

        return row;
    }

    // Lanes 32 to 16 to 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Eight<T, TOp>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        Vector512<T> sixteen = TOp.Combine(a, b);
        return TOp.Combine(sixteen.GetLower(), sixteen.GetUpper());
    }

    // Eight lanes of two rows to four of each, the first row's below.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Four<T, TOp>(Vector256<T> first, Vector256<T> second)
        where T : unmanaged
        where TOp : struct, IReduction<T> => TOp.Combine(
            Avx.Permute2x128(first.AsSingle(), second.AsSingle(), 0x20).As<float, T>(),
            Avx.Permute2x128(first.AsSingle(), second.AsSingle(), 0x31).As<float, T>());
}
