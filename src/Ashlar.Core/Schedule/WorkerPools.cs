using Ashlar.Cpu;

namespace Ashlar.Schedule;

/// <summary>One pool of threads for each number of threads that was asked for.</summary>
static class WorkerPools
{
    static readonly Dictionary<int, WorkerPool> Pools = [];

    // The one that was asked for last, for most programs the only one.
    static WorkerPool? _last;

    public static WorkerPool Of(int threads)
    {
        WorkerPool? last = Volatile.Read(ref _last);
        return last?.Threads == threads ? last : Found(threads);
    }

    static WorkerPool Found(int threads)
    {
        lock (Pools)
        {
            if (!Pools.TryGetValue(threads, out WorkerPool? pool))
            {
                Pools[threads] = pool = new WorkerPool(threads);
            }

            Volatile.Write(ref _last, pool);
            return pool;
        }
    }
}
