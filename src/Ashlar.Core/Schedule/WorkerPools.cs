using Ashlar.Cpu;

namespace Ashlar.Schedule;

/// <summary>One pool of threads for each number of threads that was asked for.</summary>
static class WorkerPools
{
    static readonly Dictionary<int, WorkerPool> Pools = [];

    public static WorkerPool Of(int threads)
    {
        lock (Pools)
        {
            if (!Pools.TryGetValue(threads, out WorkerPool? pool))
            {
                Pools[threads] = pool = new WorkerPool(threads);
            }

            return pool;
        }
    }
}
