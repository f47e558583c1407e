using System.Runtime.InteropServices;

namespace Ashlar.Runtime;

/// <summary>A block of native memory of one size class, aligned to 64 bytes.</summary>
readonly unsafe struct MemoryBlock(byte* pointer, nint bytes)
{
    const int Alignment = 64;

    public byte* Pointer { get; } = pointer;

    public nint Bytes { get; } = bytes;

    public static MemoryBlock Allocate(nint bytes)
    {
        bool huge = HugePages.Fit(bytes);
        var block = new MemoryBlock((byte*)NativeMemory.AlignedAlloc((nuint)bytes, huge ? (nuint)HugePages.Size : Alignment), bytes);
        if (huge)
        {
            HugePages.AskFor(block.Pointer, bytes);
        }

        Diagnostics.StorageAllocated(bytes);
        return block;
    }

    /// <summary>A part that the pool hands out as a block of its own; only the whole is ever freed.</summary>
    public MemoryBlock Part(nint offset, nint bytes) => new(Pointer + offset, bytes);

    public void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Diagnostics.StorageFreed(Bytes);
    }
}
