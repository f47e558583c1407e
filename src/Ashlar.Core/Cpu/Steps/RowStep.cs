namespace Ashlar.Cpu.Steps;

/// <summary>Reductions over trailing axes with maps before, between and after, block of rows by block: softmax, layer norm, cross-entropy in one launch.</summary>
sealed unsafe class RowStep : Step, IChunkWork
{
    // Elements of a block: its intermediate values stay in the first-level cache.
    const int BlockElements = 2048;

    readonly int _rows;
    readonly int _columns;
    readonly int _blockRows;
    readonly RowStage[] _stages;
    readonly RowScratch[] _scratch;
    readonly nint _scratchBytes;
    PlanMemory? _memory;

    public RowStep(int rows, int columns, RowStage[] stages, RowScratch[] scratch)
    {
        _rows = rows;
        _columns = columns;
        _stages = stages;
        _scratch = scratch;
        _blockRows = Math.Max(1, Math.Min(rows, BlockElements / Math.Max(1, columns)));
        foreach (RowScratch part in scratch)
        {
            _scratchBytes += Bytes(part);
        }
    }

    public override void Run(PlanMemory memory)
    {
        if (_rows == 0)
        {
            return;
        }

        _memory = memory;
        memory.Pool.Run((_rows + _blockRows - 1) / _blockRows, this);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        byte* free = thread.Take(_scratchBytes);
        byte** scratch = stackalloc byte*[_scratch.Length];
        int first = chunk * _blockRows;
        int end = Math.Min(_rows, first + _blockRows);
        for (int i = 0; i < _scratch.Length; i++)
        {
            // Places count from the first row of all, so that the maps' addresses hold for any block.
            RowScratch part = _scratch[i];
            scratch[i] = free - ((nint)first * (part.IsPerRow ? 1 : _columns) * part.ItemSize);
            free += Bytes(part);
        }

        byte** buffers = _memory!.Pointers;
        foreach (RowStage stage in _stages)
        {
            switch (stage.Kind)
            {
                case RowStageKind.Elements:
                    stage.Work!.Run(buffers, scratch, first * _columns, end * _columns);
                    break;
                case RowStageKind.Rows:
                    stage.Work!.Run(buffers, scratch, first, end);
                    break;
                default:
                    byte* source = stage.Source >= 0 ? buffers[stage.Source] : scratch[~stage.Source];
                    byte* target = stage.Target >= 0 ? buffers[stage.Target] : scratch[~stage.Target];
                    stage.Reduction!.Rows(source, target, first, end, _columns);
                    break;
            }
        }

        thread.Release(mark);
    }

    nint Bytes(RowScratch part) => (((nint)_blockRows * (part.IsPerRow ? 1 : _columns) * part.ItemSize) + 63) / 64 * 64;
}
