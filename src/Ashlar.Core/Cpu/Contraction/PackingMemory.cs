using System.Runtime.InteropServices;
using Ashlar.Runtime;

namespace Ashlar.Cpu.Contraction;

/// <summary>Native memory for packed panels. Each thread keeps its own, grown once, on a stack: uses nest.</summary>
sealed unsafe class PackingMemory
{
    // A page: then panels share no cache line with anything else.
    const nuint Alignment = 4096;

    [ThreadStatic]
    static PackingMemory? _idle;

    PackingMemory? _below;
    void* _data;
    long _bytes;

    PackingMemory()
    {
    }

    ~PackingMemory() => NativeMemory.AlignedFree(_data);

    /// <summary>This thread's memory, or more of it where a caller further up still uses the first.</summary>
    /// <param name="bytes">Least length in bytes.</param>
    public static PackingMemory Take(long bytes)
    {
        PackingMemory memory = _idle ?? new PackingMemory();
        _idle = memory._below;
        memory.Grow(bytes);
        return memory;
    }

    /// <summary>First byte, at a multiple of 4,096.</summary>
    public void* Data => _data;

    /// <summary>Ends the use begun by <see cref="Take"/>.</summary>
    public void Return()
    {
        _below = _idle;
        _idle = this;
    }

    void Grow(long bytes)
    {
        if (_bytes < bytes)
        {
            NativeMemory.AlignedFree(_data);
            _data = null;
            _bytes = 0;
            bool huge = HugePages.Fit((nint)bytes);
            _bytes = huge ? (bytes + HugePages.Size - 1) / HugePages.Size * HugePages.Size : bytes;
            _data = NativeMemory.AlignedAlloc((nuint)_bytes, huge ? (nuint)HugePages.Size : Alignment);
            if (huge)
            {
                HugePages.AskFor((byte*)_data, (nint)_bytes);
            }
        }
    }
}
