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

        _memory = memory;
        memory.Pool.Run(work.Chunks, this);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        work.RunChunk(_memory!.Pointers, chunk);
        if (work.Streams && Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
