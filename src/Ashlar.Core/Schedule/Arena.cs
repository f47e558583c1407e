using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>The memory of intermediate values. Plans run one at a time, so all share one block, as large as the largest of them needs.</summary>
static unsafe class Arena
{
    static MemoryBlock _block;

    /// <summary>The first byte of a block of at least the given size.</summary>
    public static byte* Reserve(nint bytes)
    {
        if (_block.Bytes < bytes)
        {
            if (_block.Pointer is not null)
            {
                _block.Free();
            }

            _block = default;
            _block = MemoryBlock.Allocate(bytes);
            Diagnostics.ArenaIs(bytes);
        }

        return _block.Pointer;
    }
}
