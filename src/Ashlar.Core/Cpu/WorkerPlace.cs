using System.Runtime.InteropServices;

namespace Ashlar.Cpu;

/// <summary>Has a worker wake up on another processor than the one whose thread has work for it.</summary>
/// <remarks>
/// Linux often wakes a thread where the one runs that wakes it, or where it ran last itself, though another processor is idle: on machines of few processors it does not look further.
/// A worker that wakes behind its caller waits one to four milliseconds until the system moves it, and the caller does its share meanwhile.
/// So a worker sleeps kept off the processor of its last caller, and runs anywhere again when it has worked: both while nobody waits for it. Who wakes it from a third processor keeps it off that one instead.
/// Where the system does not tell processors apart nothing is done.
/// </remarks>
sealed unsafe partial class WorkerPlace
{
    const int MaskBytes = 128;
    const int Awake = 0;
    const int Asleep = 1;
    const int Moving = 2;

    static readonly bool IsKnown = OperatingSystem.IsLinux() && CanTell();

    readonly int _thread = IsKnown ? ThreadId() : 0;
    readonly byte[] _anywhere = new byte[MaskBytes];
    readonly byte[] _elsewhere = new byte[MaskBytes];
    readonly byte[] _found = new byte[MaskBytes];
    int _avoided = -1;
    int _state;

    /// <summary>The processor of the calling thread; -1 where that is not known.</summary>
    public static int Current => IsKnown ? Processor() : -1;

    /// <summary>The worker is about to sleep.</summary>
    /// <param name="caller">Processor of its last caller.</param>
    public void FallAsleep(int caller)
    {
        Avoid(caller);
        Volatile.Write(ref _state, Asleep);
    }

    /// <summary>Keeps the worker off a processor if it sleeps.</summary>
    public void KeepOff(int processor)
    {
        if (Volatile.Read(ref _avoided) != processor && Interlocked.CompareExchange(ref _state, Moving, Asleep) == Asleep)
        {
            Avoid(processor);
            Volatile.Write(ref _state, Asleep);
        }
    }

    /// <summary>The worker is awake: nobody else moves it from here on.</summary>
    public void WakeUp()
    {
        while (Interlocked.CompareExchange(ref _state, Awake, Asleep) == Moving)
        {
            Thread.Yield();
        }
    }

    /// <summary>Lets the worker, awake, run anywhere again, unless someone else has said meanwhile where it may run.</summary>
    public void RunAnywhere()
    {
        if (_avoided >= 0 && TryGet(_found) && _found.AsSpan().SequenceEqual(_elsewhere))
        {
            _ = TrySet(_anywhere);
        }

        _avoided = -1;
    }

    void Avoid(int processor)
    {
        if (processor is < 0 or >= 8 * MaskBytes || (_avoided < 0 && !TryGet(_anywhere)))
        {
            return;
        }

        _anywhere.CopyTo(_elsewhere);
        _elsewhere[processor / 8] &= (byte)~(1 << (processor % 8));
        if (_elsewhere.AsSpan().ContainsAnyExcept((byte)0) && TrySet(_elsewhere))
        {
            Volatile.Write(ref _avoided, processor);
        }
    }

    bool TryGet(byte[] mask)
    {
        fixed (byte* bits = mask)
        {
            return GetAffinity(_thread, MaskBytes, bits) == 0;
        }
    }

    bool TrySet(byte[] mask)
    {
        fixed (byte* bits = mask)
        {
            return SetAffinity(_thread, MaskBytes, bits) == 0;
        }
    }

    static bool CanTell()
    {
        try
        {
            return Processor() >= 0 && ThreadId() > 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    [SuppressGCTransition]
    private static partial int Processor();

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThreadId();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint bytes, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, byte* mask);
}
