using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu;

/// <summary>Fork and join by claiming: the caller and every awake worker take chunks until none is left.</summary>
/// <remarks>
/// <para>A worker that the operating system has not scheduled claims nothing, so it is never waited for: the caller does that share itself.</para>
/// <para>The job is published as one word: epoch (32 bits), count (16), next (16). A claim is a compare-and-swap of that word. A successful claim
/// proves that the job of that epoch is unfinished, and an unfinished job keeps its caller inside <see cref="Run"/>, so the work object
/// read after the claim is the claimed job's own; a late worker's claim fails on the epoch.</para>
/// </remarks>
sealed class WorkerPool : IDisposable
{
    const int CountMask = 0xFFFF;
    const int MostChunksInAWord = 0xFFFF;
    const int PausesBetweenClockReadings = 16;
    const int PausesBeforeYielding = 4096;

    static readonly long SpinTicks = Math.Max(1, Stopwatch.Frequency * 40 / 1_000_000);

    readonly SemaphoreSlim _wakeUp = new(0);
    readonly Lock _faultLock = new();
    SharedWords _shared;
    IChunkWork? _work;
    int _firstChunk;
    int _epoch;
    int _busy;
    int _faultChunk;
    ExceptionDispatchInfo? _fault;
    volatile bool _stopping;

    /// <summary>Starts <paramref name="threads"/> − 1 background workers; the caller of <see cref="Run"/> is the last thread.</summary>
    /// <param name="threads">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public WorkerPool(int threads)
    {
        if (threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), $"WorkerPool: {threads} threads were asked for. Ask for 1 or more.");
        }

        Threads = threads;
        for (int i = 1; i < threads; i++)
        {
            new Thread(Serve) { IsBackground = true, Name = $"Ashlar worker {i}" }.Start();
        }
    }

    /// <summary>Threads that may work on a job, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs every chunk of the work once and returns when all are done. Allocates nothing.</summary>
    /// <remarks>While another job runs on this pool, as when a chunk calls Run itself, the chunks run on the calling thread alone.</remarks>
    /// <param name="chunks">Number of chunks, 0 or more.</param>
    /// <param name="work">What to do for each chunk.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    /// <exception cref="Exception">A chunk failed: the exception of the failed chunk with the lowest number, after all chunks ran.</exception>
    public void Run(int chunks, IChunkWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (chunks < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(chunks), $"WorkerPool: {chunks} chunks were asked for. Ask for 0 or more.");
        }

        if (Threads == 1 || chunks <= 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            RunInline(chunks, work);
            return;
        }

        _work = work;
        for (int first = 0; first < chunks; first += MostChunksInAWord)
        {
            Share(first, Math.Min(MostChunksInAWord, chunks - first));
        }

        ExceptionDispatchInfo? fault = _fault;
        _fault = null;
        _work = null;
        Volatile.Write(ref _busy, 0);
        fault?.Throw();
    }

    /// <summary>Stops the workers. No <see cref="Run"/> may be under way.</summary>
    public void Dispose()
    {
        if (!_stopping)
        {
            _stopping = true;
            _wakeUp.Release(Threads);
        }
    }

    static void RunInline(int chunks, IChunkWork work)
    {
        ExceptionDispatchInfo? fault = null;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            try
            {
                work.Execute(chunk);
            }
            catch (Exception e)
            {
                fault ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        fault?.Throw();
    }

    void Share(int first, int count)
    {
        _firstChunk = first;
        Volatile.Write(ref _shared.Done, 0);
        _epoch++;
        Interlocked.Exchange(ref _shared.State, ((long)_epoch << 32) | ((long)count << 16));
        WakeParked();
        while (TryExecuteOne())
        {
        }

        for (int pauses = 1; Volatile.Read(ref _shared.Done) != count; pauses++)
        {
            Pause();
            if (pauses % PausesBeforeYielding == 0)
            {
                Thread.Yield();
            }
        }
    }

    bool TryExecuteOne()
    {
        while (true)
        {
            long state = Volatile.Read(ref _shared.State);
            int next = (int)(state & CountMask);
            if (next >= (int)((state >> 16) & CountMask))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _shared.State, state + 1, state) == state)
            {
                Execute(_firstChunk + next);
                Interlocked.Increment(ref _shared.Done);
                return true;
            }
        }
    }

    void Execute(int chunk)
    {
        try
        {
            _work!.Execute(chunk);
        }
        catch (Exception e)
        {
            lock (_faultLock)
            {
                if (_fault is null || chunk < _faultChunk)
                {
                    _fault = ExceptionDispatchInfo.Capture(e);
                    _faultChunk = chunk;
                }
            }
        }
    }

    void Serve()
    {
        long spinStart = Stopwatch.GetTimestamp();
        int pauses = 0;
        while (!_stopping)
        {
            if (TryExecuteOne())
            {
                spinStart = Stopwatch.GetTimestamp();
                continue;
            }

            Pause();
            if (++pauses % PausesBetweenClockReadings == 0 && Stopwatch.GetTimestamp() - spinStart > SpinTicks)
            {
                Park();
                spinStart = Stopwatch.GetTimestamp();
            }
        }
    }

    // A worker first counts itself as parked, then looks once more for work: whoever publishes later sees the count, whoever published earlier is seen.
    void Park()
    {
        Interlocked.Increment(ref _shared.Parked);
        if (HasUnclaimedChunk() && TryLeaveParked())
        {
            return;
        }

        _wakeUp.Wait();
    }

    bool HasUnclaimedChunk()
    {
        long state = Volatile.Read(ref _shared.State);
        return (state & CountMask) < ((state >> 16) & CountMask);
    }

    bool TryLeaveParked()
    {
        while (true)
        {
            int parked = Volatile.Read(ref _shared.Parked);
            if (parked == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _shared.Parked, parked - 1, parked) == parked)
            {
                return true;
            }
        }
    }

    void WakeParked()
    {
        if (Volatile.Read(ref _shared.Parked) > 0)
        {
            int parked = Interlocked.Exchange(ref _shared.Parked, 0);
            if (parked > 0)
            {
                _wakeUp.Release(parked);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

    // Each word has two cache lines of its own: neighbours are fetched in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    struct SharedWords
    {
        [FieldOffset(128)]
        public long State;

        [FieldOffset(256)]
        public int Done;

        [FieldOffset(384)]
        public int Parked;
    }
}
