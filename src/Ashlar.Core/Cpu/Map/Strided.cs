using System.Runtime.CompilerServices;

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
        for (nint i = 0; i < count; i++)
        {
            to[i] = first + ((int)i * step);
        }
    }
}
