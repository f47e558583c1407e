using Ashlar.Cpu;
using Ashlar.Runtime;

namespace Ashlar.Tests.Cpu;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_chunk_of_many_small_jobs_runs_once_with_its_own_work(int threads)
    {
        using var pool = new WorkerPool(threads);
        Tally[] works = [.. Enumerable.Range(0, 11).Select(_ => new Tally(40))];
        for (int job = 0; job < 20_000; job++)
        {
            Tally work = works[job % works.Length];
            int chunks = job * 7 % 41;
            work.Clear();
            pool.Run(chunks, work);
            Assert.True(work.EachOfTheFirstRanOnce(chunks), $"job {job}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void More_chunks_than_one_word_holds_all_run(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new Tally(200_000);
        pool.Run(200_000, work);
        Assert.True(work.EachOfTheFirstRanOnce(200_000));
    }

    [Fact]
    public void Parked_workers_wake_for_the_next_job()
    {
        using var pool = new WorkerPool(3);
        for (int job = 0; job < 30; job++)
        {
            Thread.Sleep(1);
            var meeting = new Meeting(2);
            pool.Run(2, meeting);
            Assert.Equal(2, meeting.Arrived);
        }
    }

    [Fact]
    public void Workers_that_stand_aside_for_collections_miss_no_job()
    {
        using var pool = new WorkerPool(3);
        var work = new Tally(12);
        for (int job = 0; job < 300; job++)
        {
            work.Clear();
            pool.Run(12, work);
            Assert.True(work.EachOfTheFirstRanOnce(12), $"job {job}");
            Collector.Run(1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_failed_chunk_is_reported_after_all_ran(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new Failing(50);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => pool.Run(50, work));
        Assert.Equal("chunk 3", e.Message);
        Assert.Equal(50, work.Executed);

        var after = new Tally(10);
        pool.Run(10, after);
        Assert.True(after.EachOfTheFirstRanOnce(10));
    }

    [Fact]
    public void A_run_inside_a_chunk_is_done_by_that_thread()
    {
        using var pool = new WorkerPool(3);
        var work = new Nesting(pool, 20);
        pool.Run(20, work);
        Assert.All(work.Inner, tally => Assert.True(tally.EachOfTheFirstRanOnce(5)));
        Assert.All(work.Strangers, Assert.False);
    }

    [Fact]
    public void Two_callers_share_a_pool()
    {
        using var pool = new WorkerPool(2);
        bool[] good = new bool[2];
        Thread[] callers = [.. Enumerable.Range(0, 2).Select(c => new Thread(() => good[c] = RunMany(pool)))];
        Array.ForEach(callers, t => t.Start());
        Array.ForEach(callers, t => t.Join());
        Assert.Equal([true, true], good);
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        using var pool = new WorkerPool(2);
        var work = new Tally(8);
        pool.Run(8, work);
        long before = ManagedBytes.BeforeWork();
        for (int i = 0; i < 100; i++)
        {
            pool.Run(8, work);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Less_than_one_thread_is_refused()
    {
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(0));
        Assert.StartsWith("WorkerPool: 0 threads were asked for. Ask for 1 or more.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_number_of_chunks_is_refused()
    {
        using var pool = new WorkerPool(1);
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => pool.Run(-1, new Tally(1)));
        Assert.StartsWith("WorkerPool: -1 chunks were asked for. Ask for 0 or more.", e.Message, StringComparison.Ordinal);
    }

    static bool RunMany(WorkerPool pool)
    {
        var work = new Tally(9);
        for (int i = 0; i < 5_000; i++)
        {
            work.Clear();
            pool.Run(9, work);
            if (!work.EachOfTheFirstRanOnce(9))
            {
                return false;
            }
        }

        return true;
    }

    sealed class Tally(int chunks) : IChunkWork
    {
        readonly int[] _counts = new int[chunks];

        public void Clear() => Array.Clear(_counts);

        public bool EachOfTheFirstRanOnce(int count)
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                if (_counts[i] != (i < count ? 1 : 0))
                {
                    return false;
                }
            }

            return true;
        }

        public void Execute(int chunk) => Interlocked.Increment(ref _counts[chunk]);
    }

    // Each chunk waits for the other, so the job ends only if a second thread came.
    sealed class Meeting(int expected) : IChunkWork
    {
        int _arrived;

        public int Arrived => _arrived;

        public void Execute(int chunk)
        {
            Interlocked.Increment(ref _arrived);
            SpinWait.SpinUntil(() => Volatile.Read(ref _arrived) == expected);
        }
    }

    sealed class Failing(int chunks) : IChunkWork
    {
        int _executed;

        public int Executed => _executed;

        public void Execute(int chunk)
        {
            Interlocked.Increment(ref _executed);
            if (chunk % 4 == 3 && chunk < chunks)
            {
                throw new InvalidOperationException($"chunk {chunk}");
            }
        }
    }

    sealed class Nesting(WorkerPool pool, int chunks) : IChunkWork
    {
        public Tally[] Inner { get; } = [.. Enumerable.Range(0, chunks).Select(_ => new Tally(5))];

        public bool[] Strangers { get; } = new bool[chunks];

        public void Execute(int chunk)
        {
            var watch = new OwnThread(Inner[chunk], Environment.CurrentManagedThreadId);
            pool.Run(5, watch);
            Strangers[chunk] = watch.SawStranger;
        }
    }

    sealed class OwnThread(Tally tally, int thread) : IChunkWork
    {
        public bool SawStranger { get; private set; }

        public void Execute(int chunk)
        {
            SawStranger |= Environment.CurrentManagedThreadId != thread;
            tally.Execute(chunk);
        }
    }
}
