using Ashlar.Cpu.Reduction;
using Ashlar.Ir;

namespace Ashlar.Cpu.Steps;

/// <summary>A reduction over any axes with a map before it and one after. Blocks of 4,096 elements are the unit of work, as they are of the law.</summary>
/// <remarks>The space of the map before is [kept…, reduced…], so a block of a result is a run of flat places.
/// Where the kept axes are the contiguous ones the space is [reduced…, kept…] and all results of a block are accumulated side by side.</remarks>
sealed unsafe class ReduceStep : Step, IChunkWork
{
    const int Block = 4096;
    const int WorkOfChunk = 1 << 16;
    const int ColumnsOfChunk = 512;
    const int RowsOfPass = 64;
    const int ColumnsOfRectangle = 128;
    const int RowsOfRectangle = 256;

    readonly MapWork? _before;
    readonly int _source;
    readonly MapWork? _after;
    readonly TypedReduction _reduction;
    readonly int _results;
    readonly int _count;
    readonly int _blocks;
    readonly bool _columns;
    readonly int _partials;
    readonly int _target;
    readonly int _itemSize;
    readonly int _unit;
    PlanMemory? _memory;

    /// <param name="before">The map whose single result, scratch 0, is reduced; null to reduce a contiguous buffer.</param>
    /// <param name="source">That buffer.</param>
    /// <param name="columns">Whether the space is [reduced…, kept…].</param>
    /// <param name="kind">How elements are combined.</param>
    /// <param name="type">Their dtype.</param>
    /// <param name="results">Number of results.</param>
    /// <param name="count">Elements of each.</param>
    /// <param name="partials">Buffer with room for the block results, [blocks, results] or [results, blocks]; unused with one block.</param>
    /// <param name="target">Buffer of the results.</param>
    /// <param name="after">The map over the results, or null.</param>
    public ReduceStep(MapWork? before, int source, bool columns, ReduceKind kind, DType type, int results, int count, int partials, int target, MapWork? after)
    {
        _before = before;
        _source = source;
        _columns = columns;
        _reduction = TypedReduction.Of(type, kind);
        _results = results;
        _count = count;
        _blocks = BlocksOf(count);
        _partials = partials;
        _target = target;
        _after = after;
        _itemSize = type.ItemSize;
        _unit = columns ? ColumnsOfChunk : Math.Max(1, WorkOfChunk / Math.Max(1, Math.Min(count, Block)));
    }

    public static int BlocksOf(int count) => Math.Max(1, (count + Block - 1) / Block);

    public override void Run(PlanMemory memory)
    {
        if (_results == 0)
        {
            return;
        }

        _memory = memory;
        int units = _columns ? _blocks * ((_results + _unit - 1) / _unit) : ((_results * _blocks) + _unit - 1) / _unit;
        memory.Pool.Run(units, this);
        Fold(memory.Pointers);
        if (_after is not null)
        {
            for (int chunk = 0; chunk < _after.Chunks; chunk++)
            {
                _after.RunChunk(memory.Pointers, chunk);
            }
        }

        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        if (_columns)
        {
            int spans = (_results + _unit - 1) / _unit;
            ReduceColumns(chunk / spans, chunk % spans * _unit);
        }
        else
        {
            int end = Math.Min(_results * _blocks, (chunk + 1) * _unit);
            for (int task = chunk * _unit; task < end; task++)
            {
                ReduceBlock(task / _blocks, task % _blocks);
            }
        }
    }

    byte* Partial(byte** buffers) => _blocks == 1 ? buffers[_target] : buffers[_partials];

    void ReduceBlock(int result, int block)
    {
        byte** buffers = _memory!.Pointers;
        int start = (result * _count) + (block * Block);
        int size = Math.Min(Block, _count - (block * Block));
        byte* target = Partial(buffers) + ((nint)((result * _blocks) + block) * _itemSize);
        if (_before is null)
        {
            _reduction.Block(buffers[_source] + ((nint)start * _itemSize), size, target);
            return;
        }

        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        byte* elements = thread.Take((nint)Block * _itemSize);
        byte* scratch = elements - ((nint)start * _itemSize);
        _before.Run(buffers, &scratch, start, start + size);
        _reduction.Block(elements, size, target);
        thread.Release(mark);
    }

    // The map before writes rectangles that stay in the second-level cache, tall enough that each lane takes many rows at once.
    void ReduceRectangles(int block, int firstColumn, int endColumn)
    {
        byte** buffers = _memory!.Pointers;
        int first = block * Block;
        int end = Math.Min(_count, first + Block);
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        byte* lanes = thread.Take((nint)32 * ColumnsOfRectangle * _itemSize);
        byte* elements = thread.Take((nint)RowsOfRectangle * ColumnsOfRectangle * _itemSize);
        for (int column = firstColumn; column < endColumn; column += ColumnsOfRectangle)
        {
            int columns = Math.Min(ColumnsOfRectangle, endColumn - column);
            _reduction.ClearLanes(lanes, columns);
            for (int row = first; row < end; row += RowsOfRectangle)
            {
                int rows = Math.Min(RowsOfRectangle, end - row);
                _before!.RunRectangle(buffers, row, rows, column, columns, elements);
                _reduction.AccumulateRows(lanes, elements, columns, row - first, rows, columns);
            }

            _reduction.FoldLanes(lanes, columns, Partial(buffers) + ((((nint)block * _results) + column) * _itemSize));
        }

        thread.Release(mark);
    }

    void ReduceColumns(int block, int firstColumn)
    {
        if (_before is { HasRectangles: true })
        {
            ReduceRectangles(block, firstColumn, Math.Min(_results, firstColumn + _unit));
            return;
        }

        byte** buffers = _memory!.Pointers;
        int columns = Math.Min(_unit, _results - firstColumn);
        int first = block * Block;
        int end = Math.Min(_count, first + Block);
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        byte* lanes = thread.Take((nint)32 * columns * _itemSize);
        _reduction.ClearLanes(lanes, columns);
        bool whole = columns == _results;
        byte* elements = _before is null ? null : thread.Take((nint)(whole ? Math.Max(1, RowsOfPass * 16 / columns) : 1) * columns * _itemSize);
        int pass = _before is null ? end - first : whole ? Math.Max(1, RowsOfPass * 16 / columns) : 1;
        for (int row = first; row < end; row += pass)
        {
            int rows = Math.Min(pass, end - row);
            byte* from;
            nint stride;
            if (_before is null)
            {
                from = buffers[_source] + ((((nint)row * _results) + firstColumn) * _itemSize);
                stride = _results;
            }
            else
            {
                nint start = ((nint)row * _results) + firstColumn;
                byte* scratch = elements - (start * _itemSize);
                _before.Run(buffers, &scratch, (int)start, (int)start + (((rows - 1) * _results) + columns));
                from = elements;
                stride = columns;
            }

            _reduction.AccumulateRows(lanes, from, stride, row - first, rows, columns);
        }

        _reduction.FoldLanes(lanes, columns, Partial(buffers) + ((((nint)block * _results) + firstColumn) * _itemSize));
        thread.Release(mark);
    }

    void Fold(byte** buffers)
    {
        if (_blocks > 1)
        {
            _reduction.FoldBlocks(buffers[_partials], _blocks, _results, _columns, buffers[_target]);
        }
    }
}
