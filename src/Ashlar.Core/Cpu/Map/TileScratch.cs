namespace Ashlar.Cpu.Map;

/// <summary>Memory for the registers of the tile interpreter: one growing block per thread, never moved by the collector.</summary>
static unsafe class TileScratch
{
    const int Alignment = 64;

    [ThreadStatic]
    static byte[]? _block;

    /// <summary>At least <paramref name="bytes"/> bytes on a cache line, this thread's until its next call; the contents are arbitrary.</summary>
    public static byte* Take(int bytes)
    {
        if (_block is null || _block.Length < bytes + Alignment)
        {
            _block = GC.AllocateUninitializedArray<byte>(bytes + Alignment, pinned: true);
        }

        fixed (byte* start = _block)
        {
            return (byte*)(((nint)start + Alignment - 1) & -Alignment);
        }
    }
}
