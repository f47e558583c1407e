using System.Buffers;
using Ashlar.Runtime;

namespace Ashlar;

/// <summary>The memory of a computed value as <see cref="Memory{T}"/>.</summary>
sealed unsafe class StorageMemory<T>(Storage storage, int size) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan() => new(storage.Pointer, size);

    // Native memory does not move.
    public override MemoryHandle Pin(int elementIndex = 0) => new((T*)storage.Pointer + elementIndex, pinnable: this);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
