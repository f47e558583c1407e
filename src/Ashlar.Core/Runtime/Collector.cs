using System.Runtime.InteropServices;

namespace Ashlar.Runtime;

/// <summary>Asks for collections; threads that spin for work stand aside meanwhile.</summary>
/// <remarks>A collection has to interrupt every thread that runs managed code, and a thread that spins there costs it 25 us more.
/// In a lock of the system's C library, which spins too, a thread is outside managed code: it need not be interrupted, and is back as soon as the lock is free.
/// Where there is no such lock nothing is lost but the gain.</remarks>
static unsafe partial class Collector
{
    const int CacheLines = 128;

    static readonly int* StandingAside = (int*)NativeMemory.AlignedAlloc(CacheLines, CacheLines);
    static readonly bool HasLock = OperatingSystem.IsLinux() && TryInitialize();

    static int _isComing;

    /// <summary>Whether a thread that spins should call <see cref="StandAside"/>.</summary>
    public static bool IsComing => Volatile.Read(ref _isComing) != 0;

    /// <summary>Collects a generation and all younger ones, and waits for it.</summary>
    public static void Run(int generation)
    {
        // A full collection may take long: threads that spin are interrupted, and park.
        bool quick = HasLock && generation < GC.MaxGeneration;
        if (quick)
        {
            _ = Lock(StandingAside);
            Volatile.Write(ref _isComing, 1);
        }

        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        if (quick)
        {
            Volatile.Write(ref _isComing, 0);
            _ = Unlock(StandingAside);
        }
    }

    /// <summary>Returns when the collection is over.</summary>
    public static void StandAside()
    {
        _ = Lock(StandingAside);
        _ = Unlock(StandingAside);
    }

    static bool TryInitialize()
    {
        try
        {
            return Initialize(StandingAside, 0) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "pthread_spin_init")]
    private static partial int Initialize(int* spinLock, int shared);

    [LibraryImport("libc", EntryPoint = "pthread_spin_lock")]
    private static partial int Lock(int* spinLock);

    [LibraryImport("libc", EntryPoint = "pthread_spin_unlock")]
    private static partial int Unlock(int* spinLock);
}
