using System.Runtime.InteropServices;

namespace Ashlar.Runtime;

/// <summary>A block of the pool, and who holds it.</summary>
/// <remarks>The holder is known by a weak handle, so that the pool sees a dead value as soon as a collection has found it: no finalizer has to run first.
/// The handle outlives the finalizers of objects that still reach the value.</remarks>
sealed class PooledBlock(MemoryBlock block)
{
    WeakGCHandle<Storage> _holder = new(null!, trackResurrection: true);

    public MemoryBlock Block { get; } = block;

    /// <summary>Whether a value was given the block and the pool has not taken it back.</summary>
    public bool IsOut { get; private set; }

    /// <summary>When it was handed out last, counted by those of its size.</summary>
    public long Lease { get; private set; }

    /// <summary>Whether the value that holds it is gone.</summary>
    public bool IsLeft => IsOut && !_holder.TryGetTarget(out _);

    public void GiveTo(Storage holder, long lease)
    {
        Lease = lease;
        _holder.SetTarget(holder);
        IsOut = true;
        holder.Home = this;
    }

    public void TakeBack() => IsOut = false;
}
