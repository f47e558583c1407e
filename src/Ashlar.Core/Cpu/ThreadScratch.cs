using Ashlar.Runtime;

namespace Ashlar.Cpu;

/// <summary>Working memory of one thread, handed out as a stack: kernels take what they need and give it back when they return.</summary>
sealed unsafe class ThreadScratch
{
    const nint Smallest = 1 << 18;
    const int Alignment = 64;

    [ThreadStatic]
    static ThreadScratch? _current;

    readonly List<MemoryBlock> _outgrown = [];
    MemoryBlock _block = MemoryBlock.Allocate(Smallest);
    nint _used;

    ~ThreadScratch()
    {
        _block.Free();
        foreach (MemoryBlock block in _outgrown)
        {
            block.Free();
        }
    }

    public static ThreadScratch Current => _current ??= new ThreadScratch();

    /// <summary>The height of the stack, to come back to with <see cref="Release"/>.</summary>
    public nint Mark => _used;

    public byte* Take(nint bytes)
    {
        nint rounded = (bytes + Alignment - 1) / Alignment * Alignment;
        if (_used + rounded > _block.Bytes)
        {
            // What was handed out stays where it is until the thread ends; the larger block serves from now on.
            _outgrown.Add(_block);
            _block = MemoryBlock.Allocate(Math.Max(2 * _block.Bytes, 2 * rounded));
            _used = 0;
        }

        byte* taken = _block.Pointer + _used;
        _used += rounded;
        return taken;
    }

    public void Release(nint mark) => _used = Math.Min(mark, _used);
}
