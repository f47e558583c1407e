namespace Ashlar;

/// <summary>Counters of what the runtime did since the process started. Reading them costs nothing and changes nothing.</summary>
public static class Diagnostics
{
    static long _storageAllocations;
    static long _storageLiveBytes;
    static long _storagePeakBytes;
    static long _storageMisses;
    static long _storageInUse;
    static long _arenaBytes;
    static long _plansBuilt;
    static long _plansRun;
    static long _kernelsCompiled;
    static long _kernelsRun;
    static long _fastLaunches;

    /// <summary>Blocks of memory taken from the operating system. Constant in a steady-state training step.</summary>
    public static long StorageAllocations => Volatile.Read(ref _storageAllocations);

    /// <summary>Bytes taken from the operating system and not given back: in use, pooled and arenas.</summary>
    public static long StorageBytes => Volatile.Read(ref _storageLiveBytes);

    /// <summary>The largest value that <see cref="StorageBytes"/> has had.</summary>
    public static long StoragePeakBytes => Volatile.Read(ref _storagePeakBytes);

    /// <summary>Bytes of blocks that values hold. What is left of <see cref="StorageBytes"/> beside these and <see cref="ArenaBytes"/> waits in the pool.</summary>
    public static long StorageBytesInUse => Volatile.Read(ref _storageInUse);

    /// <summary>Bytes of the block that the intermediate values of all plans share.</summary>
    public static long ArenaBytes => Volatile.Read(ref _arenaBytes);

    /// <summary>Bytes of blocks that wait in the pool for a value.</summary>
    public static long StorageBytesPooled => Math.Max(0, StorageBytes - StorageBytesInUse - ArenaBytes);

    /// <summary>How often a block was wanted and the pool had none.</summary>
    public static long StoragePoolMisses => Volatile.Read(ref _storageMisses);

    /// <summary>Plans built: graphs of a form, with shapes, that had not been seen before. Constant in a steady-state training step.</summary>
    public static long PlansBuilt => Volatile.Read(ref _plansBuilt);

    /// <summary>Plans run.</summary>
    public static long PlansRun => Volatile.Read(ref _plansRun);

    /// <summary>Kernels translated to machine code. Constant in a steady-state training step; a new batch size adds none.</summary>
    public static long KernelsCompiled => Volatile.Read(ref _kernelsCompiled);

    /// <summary>Kernels run.</summary>
    public static long KernelsRun => Volatile.Read(ref _kernelsRun);

    /// <summary>Launches whose bits are not those of the numerics law, because a setting allowed it. 0 in a run whose every bit the law decides.</summary>
    public static long FastLaunches => Volatile.Read(ref _fastLaunches);

    internal static void FastLaunch() => Interlocked.Increment(ref _fastLaunches);

    internal static void StorageAllocated(long bytes)
    {
        Interlocked.Increment(ref _storageAllocations);
        long live = Interlocked.Add(ref _storageLiveBytes, bytes);
        long peak = Volatile.Read(ref _storagePeakBytes);
        while (live > peak)
        {
            long seen = Interlocked.CompareExchange(ref _storagePeakBytes, live, peak);
            if (seen == peak)
            {
                break;
            }

            peak = seen;
        }
    }

    internal static void StorageFreed(long bytes) => Interlocked.Add(ref _storageLiveBytes, -bytes);

    // The pool calls it while it holds its lock.
    internal static void StorageInUse(long bytes) => Volatile.Write(ref _storageInUse, _storageInUse + bytes);

    internal static void ArenaIs(long bytes) => Volatile.Write(ref _arenaBytes, bytes);

    internal static void StorageMissed() => Interlocked.Increment(ref _storageMisses);

    internal static void PlanBuilt() => Interlocked.Increment(ref _plansBuilt);

    internal static void PlanRun() => Interlocked.Increment(ref _plansRun);

    internal static void KernelCompiled() => Interlocked.Increment(ref _kernelsCompiled);

    internal static void KernelRun(int count) => Interlocked.Add(ref _kernelsRun, count);
}
