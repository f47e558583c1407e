using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Steps;

/// <summary>Reductions over trailing axes with maps before, between and after, block of rows by block: softmax, layer norm, cross-entropy in one launch.</summary>
sealed unsafe class RowStep(int rows, RowPasses passes) : Step, IChunkWork
{
    // Elements that one chunk passes over: a few microseconds of one core.
    const int WorkOfChunk = 1 << 15;

    readonly int _rowsOfChunk = passes.BlockRows * Math.Max(1, WorkOfChunk / Math.Max(1, passes.WorkOfBlock));
    PlanMemory? _memory;

    public override void Run(PlanMemory memory)
    {
        if (rows == 0)
        {
            return;
        }

        _memory = memory;
        memory.Pool.Run((rows + _rowsOfChunk - 1) / _rowsOfChunk, this);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        int end = Math.Min(rows, (chunk + 1) * _rowsOfChunk);
        for (int first = chunk * _rowsOfChunk; first < end; first += passes.BlockRows)
        {
            passes.Run(_memory!.Pointers, null, first, Math.Min(end, first + passes.BlockRows), first + passes.BlockRows);
        }

        if (passes.Streams && Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
