using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Ashlar.Runtime;

namespace Ashlar.Cpu;

/// <summary>Fork and join by claiming: every thread has a share of the chunks, and who is done with his own takes from the others' until none is left.</summary>
/// <remarks>
/// <para>A worker that the operating system has not scheduled claims nothing, so it is never waited for: the others do its share.
/// A share is the same range of numbers whenever the same work runs again, so that each core finds in its caches what it wrote before.</para>
/// <para>A share is published as one word: epoch (32 bits), end (16), next (16). A claim is a compare-and-swap of that word: its owner takes the next chunk,
/// a thief the last. A successful claim proves that the job of that epoch is unfinished, and an unfinished job keeps its caller inside <see cref="Run"/>,
/// so the work object read after the claim is the claimed job's own; a late worker's claim fails on the epoch.</para>
/// <para>An idle worker watches its own word alone: claims of the others then stay in their caches.</para>
/// </remarks>
sealed class WorkerPool : IDisposable
{
    const int CountMask = 0xFFFF;
    const int MostChunksInAWord = 0xFFFF;
    const int WordsBetweenShares = 32;
    const int PausesBetweenClockReadings = 16;
    const int PausesBeforeYielding = 4096;

    static readonly long SpinTicks = Math.Max(1, Stopwatch.Frequency * 40 / 1_000_000);

    // While others are at their last chunks: the next job often follows.
    static readonly long SpinTicksInJob = Math.Max(1, Stopwatch.Frequency / 1000);

    readonly SemaphoreSlim _wakeUp = new(0);
    readonly Lock _faultLock = new();
    readonly long[] _shares;
    readonly WorkerPlace?[] _places;
    SharedWords _shared;
    IChunkWork? _work;
    int _firstChunk;
    int _caller = -1;
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
        _shares = new long[(threads + 1) * WordsBetweenShares];
        _places = new WorkerPlace?[threads];
        for (int i = 1; i < threads; i++)
        {
            int number = i;
            new Thread(() => Serve(number)) { IsBackground = true, Name = $"Ashlar worker {i}" }.Start();
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
        _caller = WorkerPlace.Current;
        Volatile.Write(ref _shared.Done, 0);
        _epoch++;
        int sharers = Math.Min(Threads, count);
        for (int i = sharers - 1; i > 0; i--)
        {
            Volatile.Write(ref WordOf(i), Word(i));
        }

        // The last one orders all of them before the count of those who sleep is read.
        Interlocked.Exchange(ref WordOf(0), Word(0));
        WakeParked(sharers - 1);
        int own = WorkOn(0, isOwn: true);
        int left = count - own;
        for (int i = sharers - 1; i > 0; i--)
        {
            left -= WorkOn(i, isOwn: false);
        }

        for (int pauses = 1; Volatile.Read(ref _shared.Done) != left; pauses++)
        {
            Pause();
            if (pauses % PausesBeforeYielding == 0)
            {
                Thread.Yield();
            }
        }

        long Word(int i) => ((long)_epoch << 32) | ((long)count * (i + 1) / sharers << 16) | ((long)count * i / sharers);
    }

    ref long WordOf(int thread) => ref _shares[(thread + 1) * WordsBetweenShares];

    // A thread takes its own share from the front; the others take from the back of it.
    int WorkOn(int thread, bool isOwn)
    {
        ref long word = ref WordOf(thread);
        int done = 0;
        while (true)
        {
            long state = Volatile.Read(ref word);
            if (!HasUnclaimed(state))
            {
                return done;
            }

            if (Interlocked.CompareExchange(ref word, isOwn ? state + 1 : state - (CountMask + 1), state) == state)
            {
                Execute(_firstChunk + (int)(isOwn ? state & CountMask : ((state >> 16) & CountMask) - 1));
                done++;
            }
        }
    }

    static bool HasUnclaimed(long state) => (state & CountMask) < ((state >> 16) & CountMask);

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

    void Serve(int thread)
    {
        ref long word = ref WordOf(thread);

        // Where threads outnumber processors some share one in any case.
        WorkerPlace? place = Threads <= Environment.ProcessorCount ? new() : null;
        Volatile.Write(ref _places[thread], place);
        long seen = 0;
        long worked = Stopwatch.GetTimestamp();
        long idle = worked;
        int pauses = 0;
        while (!_stopping)
        {
            long state = Volatile.Read(ref word);
            if (state >> 32 != seen)
            {
                seen = state >> 32;
                Work(thread);
                idle = worked = Stopwatch.GetTimestamp();
                continue;
            }

            if (Collector.IsComing)
            {
                Collector.StandAside();
                idle = Stopwatch.GetTimestamp();
                continue;
            }

            Pause();
            if (++pauses % PausesBetweenClockReadings != 0)
            {
                continue;
            }

            long now = Stopwatch.GetTimestamp();
            if (Volatile.Read(ref _busy) != 0 && now - worked < SpinTicksInJob)
            {
                idle = now;
            }
            else if (now - idle > SpinTicks)
            {
                place?.FallAsleep(_caller);
                Park(thread, seen);
                place?.WakeUp();
                Work(thread);
                place?.RunAnywhere();
                idle = worked = Stopwatch.GetTimestamp();
            }
        }
    }

    // What is reported as done may end the job: nothing of it is touched afterwards without a new claim.
    void Work(int thread)
    {
        Report(WorkOn(thread, isOwn: true));
        for (int i = 1; i < Threads; i++)
        {
            Report(WorkOn((thread + i) % Threads, isOwn: false));
        }
    }

    void Report(int done)
    {
        if (done > 0)
        {
            Interlocked.Add(ref _shared.Done, done);
        }
    }

    // A worker first counts itself as parked, then looks once more for work: whoever publishes later sees the count, whoever published earlier is seen.
    void Park(int thread, long seen)
    {
        Interlocked.Increment(ref _shared.Parked);
        if (Volatile.Read(ref WordOf(thread)) >> 32 != seen && TryLeaveParked())
        {
            return;
        }

        _wakeUp.Wait();
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

    void WakeParked(int most)
    {
        int parked = Volatile.Read(ref _shared.Parked);
        while (parked > 0)
        {
            int woken = Math.Min(parked, most);
            int found = Interlocked.CompareExchange(ref _shared.Parked, parked - woken, parked);
            if (found == parked)
            {
                foreach (WorkerPlace? place in _places)
                {
                    place?.KeepOff(_caller);
                }

                _wakeUp.Release(woken);
                return;
            }

            parked = found;
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
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    struct SharedWords
    {
        [FieldOffset(128)]
        public int Done;

        [FieldOffset(256)]
        public int Parked;
    }
}
