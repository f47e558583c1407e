namespace Ashlar.Cpu.Steps;

/// <summary>Reductions over trailing axes with maps before, between and after, block of rows by block: softmax, layer norm, cross-entropy in one launch.</summary>
sealed unsafe class RowStep(int rows, RowPasses passes) : Step, IChunkWork
{
    PlanMemory? _memory;

    public override void Run(PlanMemory memory)
    {
        if (rows == 0)
        {
            return;
        }

        _memory = memory;
        memory.Pool.Run((rows + passes.BlockRows - 1) / passes.BlockRows, this);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        int first = chunk * passes.BlockRows;
        passes.Run(_memory!.Pointers, null, first, Math.Min(rows, first + passes.BlockRows));
    }
}
