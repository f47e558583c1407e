using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Steps;

/// <summary>One elementwise kernel over a whole space.</summary>
sealed unsafe class MapStep(MapWork work) : Step, IChunkWork
{
    PlanMemory? _memory;

    public override void Run(PlanMemory memory)
    {
        if (work.Size == 0)
        {
            return;
        }

        if (memory.Pool.Threads == 1)
        {
            work.Run(memory.Pointers, null, 0, work.Size);
            Fence();
            return;
        }

        _memory = memory;
        memory.Pool.Run(work.Chunks, this);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        work.RunChunk(_memory!.Pointers, chunk);
        Fence();
    }

    // What went past the caches is there for all when the launch ends.
    void Fence()
    {
        if (work.Streams && Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
