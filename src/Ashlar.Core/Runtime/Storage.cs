namespace Ashlar.Runtime;

/// <summary>The memory of one evaluated value: contiguous, row-major. Goes back to the pool when nothing refers to it any more.</summary>
public sealed unsafe class Storage : IDisposable
{
    MemoryBlock _block;
    readonly Action? _release;

    // The block is taken before its owner exists, so a failed allocation leaves nothing to finalize.
    Storage(MemoryBlock block, Action? release = null)
    {
        _block = block;
        _release = release;
    }

    /// <summary>Returns the block to the pool.</summary>
    ~Storage() => Return();

    /// <summary>First byte, aligned to 64 if the memory is of the pool.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back by <see cref="Dispose"/>.</exception>
    public byte* Pointer => _block.Pointer is not null ? _block.Pointer
        : throw new ObjectDisposedException(nameof(Storage), "Storage: the memory of this value was given back by Dispose. Do not use a tensor after disposing it.");

    /// <summary>Usable bytes, at least what was asked for.</summary>
    public nint Bytes => _block.Bytes;

    /// <summary>Memory for <paramref name="bytes"/> bytes; its contents are undefined.</summary>
    public static Storage Allocate(nint bytes)
    {
        MemoryBlock block = StoragePool.Rent(Math.Max(bytes, 1));
        Diagnostics.StorageInUse(block.Bytes);
        return new Storage(block);
    }

    /// <summary>Memory of someone else, used where it lies and never written to.</summary>
    /// <param name="pointer">First byte.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="release">Called once when nothing refers to the value any more, possibly by the finalizer's thread.</param>
    public static Storage External(byte* pointer, nint bytes, Action release) => new(new MemoryBlock(pointer, bytes), release);

    /// <summary>Gives the memory back now instead of when the collector finds it.</summary>
    public void Dispose()
    {
        Return();
        GC.SuppressFinalize(this);
    }

    void Return()
    {
        MemoryBlock block = _block;
        _block = default;
        if (block.Pointer is null)
        {
            return;
        }

        if (_release is not null)
        {
            _release();
        }
        else
        {
            Diagnostics.StorageInUse(-block.Bytes);
            StoragePool.Return(block);
        }
    }
}
