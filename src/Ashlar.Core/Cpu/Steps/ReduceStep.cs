using Ashlar.Cpu.Reduction;
using Ashlar.Ir;

namespace Ashlar.Cpu.Steps;

/// <summary>A reduction over any axes with a map before it and one after. Blocks of 4,096 elements are the unit of work, as they are of the law.</summary>
/// <remarks>The space of the map before is [kept…, reduced…], so a block of a result is a run of flat places.
/// Where the kept axes are the contiguous ones the space is [reduced…, kept…] and all results of a block are accumulated side by side;
/// without a map before there may be kept axes on both sides: [kept…, reduced…, kept…].</remarks>
sealed unsafe class ReduceStep : Step, IChunkWork
{
    const int Block = 4096;
    const int WorkOfChunk = 1 << 16;
    const int ColumnsOfSpan = 512;

    // Of few rows no lanes wait in memory, and long runs of each row are what prefetchers follow.
    const int ColumnsOfFewRows = 1024;
    const int ColumnsOfLine = 16;
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
    readonly int _outer;
    readonly int _inner;
    readonly int _span;
    readonly int _spans;
    readonly int _partials;
    readonly int _target;
    readonly int _itemSize;
    readonly int _unit;
    PlanMemory? _memory;

    /// <param name="before">The map whose single result, scratch 0, is reduced; null to reduce a contiguous buffer.</param>
    /// <param name="source">That buffer.</param>
    /// <param name="columns">Whether the space is [outer, reduced…, kept…].</param>
    /// <param name="outer">Places of the kept axes before the reduced ones; 1 with a map before.</param>
    /// <param name="kind">How elements are combined.</param>
    /// <param name="type">Their dtype.</param>
    /// <param name="results">Number of results.</param>
    /// <param name="count">Elements of each.</param>
    /// <param name="partials">Buffer with room for the block results, [blocks, results] or [results, blocks]; unused with one block.</param>
    /// <param name="target">Buffer of the results.</param>
    /// <param name="after">The map over the results, or null.</param>
    public ReduceStep(MapWork? before, int source, bool columns, int outer, ReduceKind kind, DType type, int results, int count, int partials, int target, MapWork? after)
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
        _outer = outer;
        _inner = results / Math.Max(1, outer);
        int longest = before is null && Math.Min(count, Block) <= FewRowsReduction.MostRows ? ColumnsOfFewRows : ColumnsOfSpan;
        int pieces = Math.Max(1, (_inner + longest - 1) / longest);
        _span = Math.Max(1, (_inner + (pieces * ColumnsOfLine) - 1) / (pieces * ColumnsOfLine) * ColumnsOfLine);
        _spans = (_inner + _span - 1) / _span;
        _unit = Math.Max(1, WorkOfChunk / Math.Max(1, Math.Min(count, Block)) / (columns ? Math.Min(_span, Math.Max(1, _inner)) : 1));
    }

    public static int BlocksOf(int count) => Math.Max(1, (count + Block - 1) / Block);

    public override void Run(PlanMemory memory)
    {
        if (_results == 0)
        {
            return;
        }

        _memory = memory;
        memory.Pool.Run((Tasks + _unit - 1) / _unit, this);
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

    /// <summary>Works on some results, and on the map after at their places; not where all results of a block are accumulated side by side.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="first">First result.</param>
    /// <param name="end">One past the last.</param>
    public void RunSlices(byte** buffers, int first, int end)
    {
        for (int result = first; result < end; result++)
        {
            for (int block = 0; block < _blocks; block++)
            {
                ReduceBlock(buffers, result, block);
            }
        }

        if (_blocks > 1)
        {
            byte* partials = buffers[_partials] + ((nint)first * _blocks * _itemSize);
            _reduction.FoldBlocks(partials, _blocks, end - first, blocksFirst: false, buffers[_target] + ((nint)first * _itemSize));
        }

        _after?.Run(buffers, null, first, end);
    }

    int Tasks => (_columns ? _outer * _spans : _results) * _blocks;

    void IChunkWork.Execute(int chunk)
    {
        int end = Math.Min(Tasks, (chunk + 1) * _unit);
        for (int task = chunk * _unit; task < end; task++)
        {
            if (_columns)
            {
                int part = task / _spans;
                ReduceColumns(part / _blocks, part % _blocks, task % _spans * _span);
            }
            else
            {
                ReduceBlock(_memory!.Pointers, task / _blocks, task % _blocks);
            }
        }
    }

    byte* Partial(byte** buffers) => _blocks == 1 ? buffers[_target] : buffers[_partials];

    void ReduceBlock(byte** buffers, int result, int block)
    {
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

    void ReduceColumns(int outer, int block, int firstColumn)
    {
        int columns = Math.Min(_span, _inner - firstColumn);
        if (_before is { HasRectangles: true })
        {
            ReduceRectangles(block, firstColumn, firstColumn + columns);
            return;
        }

        byte** buffers = _memory!.Pointers;
        int first = block * Block;
        int end = Math.Min(_count, first + Block);
        byte* target = Partial(buffers) + ((((nint)block * _results) + ((nint)outer * _inner) + firstColumn) * _itemSize);
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        if (_before is not null)
        {
            ReduceMapped(thread, first, end, firstColumn, columns, target);
        }
        else
        {
            byte* rows = buffers[_source] + (((((nint)outer * _count) + first) * _inner) + firstColumn) * _itemSize;
            if (end - first <= FewRowsReduction.MostRows)
            {
                _reduction.FewRows(rows, _inner, end - first, columns, thread.Take((nint)FewRowsReduction.OpenBranches * columns * _itemSize), target);
            }
            else
            {
                byte* lanes = thread.Take((nint)32 * columns * _itemSize);
                _reduction.ClearLanes(lanes, columns);
                _reduction.AccumulateRows(lanes, rows, _inner, 0, end - first, columns);
                _reduction.FoldLanes(lanes, columns, target);
            }
        }

        thread.Release(mark);
    }

    void ReduceMapped(ThreadScratch thread, int first, int end, int firstColumn, int columns, byte* target)
    {
        byte* lanes = thread.Take((nint)32 * columns * _itemSize);
        _reduction.ClearLanes(lanes, columns);
        int pass = columns == _results ? Math.Max(1, RowsOfPass * 16 / columns) : 1;
        byte* elements = thread.Take((nint)pass * columns * _itemSize);
        for (int row = first; row < end; row += pass)
        {
            int rows = Math.Min(pass, end - row);
            nint start = ((nint)row * _results) + firstColumn;
            byte* scratch = elements - (start * _itemSize);
            _before!.Run(_memory!.Pointers, &scratch, (int)start, (int)start + (((rows - 1) * _results) + columns));
            _reduction.AccumulateRows(lanes, elements, columns, row - first, rows, columns);
        }

        _reduction.FoldLanes(lanes, columns, target);
    }

    void Fold(byte** buffers)
    {
        if (_blocks > 1)
        {
            _reduction.FoldBlocks(buffers[_partials], _blocks, _results, _columns, buffers[_target]);
        }
    }
}
