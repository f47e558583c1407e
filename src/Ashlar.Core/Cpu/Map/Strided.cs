using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Moves elements between strided and contiguous memory.</summary>
static unsafe class Strided
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(T* from, nint stride, T* to, int count)
        where T : unmanaged
    {
        if (stride == 0)
        {
            new Span<T>(to, count).Fill(*from);
            return;
        }

        for (nint i = 0; i < count; i++)
        {
            to[i] = *from;
            from += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter<T>(T* from, T* to, nint stride, int count)
        where T : unmanaged
    {
        for (nint i = 0; i < count; i++)
        {
            *to = from[i];
            to += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Ramp(int first, int step, int* to, int count)
    {
        nint i = 0;
        Vector256<int> numbers = Vector256.Create(first) + (Vector256<int>.Indices * step);
        Vector256<int> further = Vector256.Create(Vector256<int>.Count * step);
        for (; i <= count - Vector256<int>.Count; i += Vector256<int>.Count, numbers += further)
        {
            numbers.Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = first + ((int)i * step);
        }
    }
}
