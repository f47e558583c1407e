using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Memory that is fetched little by little while something else is computed.</summary>
unsafe struct LinesAhead
{
    const int LineBytes = 64;

    byte* _next;
    readonly byte* _end;
    readonly nint _step;

    /// <param name="start">First byte, or null for nothing.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="times">Calls of <see cref="Fetch"/> in which all of it is to be fetched, at least 1.</param>
    public LinesAhead(void* start, nint bytes, int times)
    {
        _next = (byte*)start;
        _end = start is null ? null : _next + bytes;
        _step = ((bytes / times) + LineBytes) / LineBytes * LineBytes;
    }

    /// <summary>Asks for the next part, into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch()
    {
        byte* end = _next + _step < _end ? _next + _step : _end;
        for (; _next < end && Sse.IsSupported; _next += LineBytes)
        {
            Sse.Prefetch1(_next);
        }
    }
}
