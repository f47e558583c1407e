using System.Runtime.CompilerServices;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>Block of rows by block: a product gives scores, passes over their rows make weights of them, a second product takes the weights. Scores and weights of a block stay in the second-level cache.</summary>
/// <remarks>
/// With keys and values this is attention; its gradient has the same form twice. Every element is computed by the steps of the three launches apart, so the bits are theirs.
/// Scores that a mask hides are not computed, and products with weights that are zero behind a column are left out where that cannot show.
/// </remarks>
sealed unsafe class AttentionStep : Step, IChunkWork
{
    // Elements of a block's scores: 512 KiB of float32, half of a usual second-level cache.
    const int BlockElements = 1 << 17;
    const int FewestRows = 12;

    // Blocks of a batch that has a mask: the first ones see few columns. Lower blocks would not repay packing the second operands once more.
    const int MaskedBlocks = 8;
    const int FewestMaskedRows = 64;

    // Parts of a row that are left out or not.
    const int Parts = 16;
    const int FewestColumns = 32;

    readonly int _batches;
    readonly int _rows;
    readonly int _columns;
    readonly int _blockRows;
    readonly RowProduct _first;
    readonly RowProduct _second;
    readonly RowPasses _passes;
    readonly int[] _given;
    readonly int _scores;
    readonly int _weights;
    readonly int _target;
    readonly int _itemSize;
    readonly int _results;
    readonly int _quantum;
    readonly bool _seeksZeros;
    readonly ScoreMask? _mask;
    readonly MapWork? _after;
    PlanMemory? _memory;

    /// <param name="scores">The product that gives scores, over all rows.</param>
    /// <param name="scoresA">Its left operand.</param>
    /// <param name="scoresB">Its right operand.</param>
    /// <param name="mask">What hides scores, or null.</param>
    /// <param name="passes">Makes weights of scores.</param>
    /// <param name="given">Numbers of the passes' scratch that this step brings: scores, weights, both, or neither where they are stored for others.</param>
    /// <param name="scoresAt">Binding of the scores.</param>
    /// <param name="weightsAt">Binding of the weights.</param>
    /// <param name="values">The product that takes the weights.</param>
    /// <param name="valuesB">Its right operand.</param>
    /// <param name="target">Buffer of its result.</param>
    /// <param name="after">Maps on the result, or null.</param>
    public AttentionStep(ContractionNest scores, BufferPlace scoresA, BufferPlace scoresB, ScoreMask? mask, RowPasses passes, int[] given, int scoresAt, int weightsAt, ContractionNest values, BufferPlace valuesB, int target, MapWork? after)
    {
        (_batches, _rows, _columns, _results, _itemSize) = (scores.Batch, scores.M, scores.N, values.N, scores.Type.ItemSize);
        (_mask, _passes, _given, _scores, _weights, _target, _after) = (mask, passes, given, scoresAt, weightsAt, target, after);
        _blockRows = BlockRows(_rows, _columns, mask is not null);
        _quantum = Math.Max(FewestColumns, (_columns + Parts - 1) / Parts / FewestColumns * FewestColumns);
        _seeksZeros = scores.Type == DType.Float32 && IsContiguous(values.ColumnB);
        _first = new RowProduct(scores, scoresA, scoresB, _blockRows, _quantum);
        _second = new RowProduct(values, default, valuesB, _blockRows, _quantum);
    }

    // As many as the cache holds, in blocks of about the same size.
    static int BlockRows(int rows, int columns, bool isMasked)
    {
        int most = Math.Max(FewestRows, BlockElements / Math.Max(1, columns));
        int blocks = Math.Max(1, (rows + most - 1) / most);
        blocks = isMasked ? Math.Max(blocks, Math.Min(MaskedBlocks, rows / FewestMaskedRows)) : blocks;
        int even = (rows + blocks - 1) / blocks;
        int step = isMasked ? FewestColumns : FewestRows;
        return Math.Max(1, blocks == 1 ? rows : (even + step - 1) / step * step);
    }

    static bool IsContiguous(int[] offsets)
    {
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] != offsets[0] + i)
            {
                return false;
            }
        }

        return true;
    }

    public override void Run(PlanMemory memory)
    {
        _memory = memory;
        memory.Pool.Run(_batches * Blocks, this);
        _memory = null;
    }

    int Blocks => (_rows + _blockRows - 1) / _blockRows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IChunkWork.Execute(int chunk)
    {
        PlanMemory memory = _memory!;
        byte** buffers = memory.Pointers;
        int batch = chunk / Blocks;
        int row = chunk % Blocks * _blockRows;
        int rows = Math.Min(_blockRows, _rows - row);
        int first = (batch * _rows) + row;
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        nint bytes = (nint)_blockRows * _columns * _itemSize;
        nint before = (nint)first * _columns * _itemSize;
        byte* own = thread.Take(bytes * Math.Max(1, _given.Length));
        byte** given = stackalloc byte*[_given.Length == 0 ? 1 : _given[^1] + 1];
        foreach (int part in _given)
        {
            given[part] = own - before;
            own += bytes;
        }

        byte* scores = (_scores >= 0 ? buffers[_scores] : given[~_scores]) + before;
        _first.Run(memory, batch, row, rows, Seen(memory, batch, row, rows, scores), scores);
        for (int start = first; start < first + rows; start += _passes.BlockRows)
        {
            _passes.Run(buffers, given, start, Math.Min(first + rows, start + _passes.BlockRows), start + _passes.BlockRows);
        }

        byte* weights = (_weights >= 0 ? buffers[_weights] : given[~_weights]) + before;
        Second(memory, batch, rows, weights, buffers[_target] + ((nint)first * _results * _itemSize));
        _after?.Run(buffers, null, first * _results, (first + rows) * _results);
        thread.Release(mark);
    }

    // The first columns, behind which no score of the rows need be known. Those that are multiplied with zeros are zeros themselves then.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Seen(PlanMemory memory, int batch, int row, int rows, byte* scores)
    {
        int first = (batch * _rows) + row;
        int columns = _mask is null ? _columns : Part(_mask.Columns(memory.Pointers, first, first + rows));
        if (columns == _columns || _mask!.Factor is not int factor)
        {
            return columns;
        }

        float* factors = (float*)memory.Pointers[factor] + ((nint)first * _columns);
        if (ZeroTail.Columns(factors, rows, _columns, _quantum) > columns || !_first.AreFinite(memory, batch, row, rows, columns))
        {
            return _columns;
        }

        for (int i = 0; i < rows; i++)
        {
            new Span<float>((float*)scores + ((nint)i * _columns) + columns, _columns - columns).Clear();
        }

        return columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Second(PlanMemory memory, int batch, int rows, byte* weights, byte* result)
    {
        int depth = _seeksZeros ? ZeroTail.Columns((float*)weights, rows, _columns, _quantum) : _columns;
        if (depth < _columns && _second.MayLeaveOut(memory, batch, depth))
        {
            _second.Run(memory, batch, weights, rows, depth, result);
            if (!ZeroTail.HasNegativeZero((float*)result, rows * _results))
            {
                return;
            }
        }

        _second.Run(memory, batch, weights, rows, _columns, result);
    }

    int Part(int columns) => Math.Min(_columns, (Math.Max(1, columns) + _quantum - 1) / _quantum * _quantum);
}
