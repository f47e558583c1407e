using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>Copies pieces that are so short that calling the system's copy would cost as much as copying.</summary>
static unsafe class ShortRun
{
    const nint Longest = 2048;

    /// <summary>Copies bytes between memory that does not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* from, byte* to, nint bytes)
    {
        if (Vector512.IsHardwareAccelerated && bytes >= Vector512<byte>.Count && bytes <= Longest)
        {
            nint wide = Vector512<byte>.Count;
            for (nint i = 0; i < bytes - wide; i += wide)
            {
                Vector512.Load(from + i).Store(to + i);
            }

            Vector512.Load(from + bytes - wide).Store(to + bytes - wide);
            return;
        }

        nint width = Vector256<byte>.Count;
        if (bytes < width || bytes > Longest)
        {
            Buffer.MemoryCopy(from, to, bytes, bytes);
            return;
        }

        // The last vector reaches back over bytes that are copied already.
        for (nint i = 0; i < bytes - width; i += width)
        {
            Vector256.Load(from + i).Store(to + i);
        }

        Vector256.Load(from + bytes - width).Store(to + bytes - width);
    }
}
