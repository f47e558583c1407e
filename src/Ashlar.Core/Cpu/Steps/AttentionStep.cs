namespace Ashlar.Cpu.Steps;

/// <summary>Block of rows by block: a product gives scores, passes over their rows make weights of them, a second product takes the weights. Scores and weights of a block stay in the second-level cache.</summary>
/// <remarks>With keys and values this is attention; its gradient has the same form twice. Every element is computed by the steps of the three launches apart, so the bits are theirs.</remarks>
sealed unsafe class AttentionStep : Step, IChunkWork
{
    // Elements of a block's scores: 512 KiB of float32, half of a usual second-level cache.
    const int BlockElements = 1 << 17;
    const int FewestRows = 12;

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
    readonly MapWork? _after;
    PlanMemory? _memory;

    /// <param name="batches">Number of products of each kind.</param>
    /// <param name="rows">Rows of one.</param>
    /// <param name="columns">Columns of the scores, which the second product contracts.</param>
    /// <param name="results">Columns of the result.</param>
    /// <param name="itemSize">Bytes of an element of both products.</param>
    /// <param name="first">Gives the scores.</param>
    /// <param name="passes">Makes weights of scores.</param>
    /// <param name="given">Numbers of the passes' scratch that this step brings: scores, weights, both, or neither where they are stored for others.</param>
    /// <param name="scores">Binding of the scores.</param>
    /// <param name="weights">Binding of the weights.</param>
    /// <param name="second">Takes the weights.</param>
    /// <param name="target">Buffer of its result.</param>
    /// <param name="after">Maps on the result, or null.</param>
    public AttentionStep(int batches, int rows, int columns, int results, int itemSize, RowProduct first, RowPasses passes, int[] given, int scores, int weights, RowProduct second, int target, MapWork? after)
    {
        (_batches, _rows, _columns, _results, _itemSize) = (batches, rows, columns, results, itemSize);
        (_first, _passes, _given, _scores, _weights, _second, _target, _after) = (first, passes, given, scores, weights, second, target, after);
        _blockRows = BlockRows(rows, columns);
    }

    /// <summary>Rows of a block: as many as the cache holds, in blocks of about the same size.</summary>
    public static int BlockRows(int rows, int columns)
    {
        int most = Math.Max(FewestRows, BlockElements / Math.Max(1, columns));
        int blocks = Math.Max(1, (rows + most - 1) / most);
        int even = (rows + blocks - 1) / blocks;
        return Math.Max(1, blocks == 1 ? rows : (even + FewestRows - 1) / FewestRows * FewestRows);
    }

    public override void Run(PlanMemory memory)
    {
        _memory = memory;
        memory.Pool.Run(_batches * Blocks, this);
        _memory = null;
    }

    int Blocks => (_rows + _blockRows - 1) / _blockRows;

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
        _first.Run(memory, batch, row, rows, null, scores);
        for (int start = first; start < first + rows; start += _passes.BlockRows)
        {
            _passes.Run(buffers, given, start, Math.Min(first + rows, start + _passes.BlockRows));
        }

        byte* weights = (_weights >= 0 ? buffers[_weights] : given[~_weights]) + before;
        _second.Run(memory, batch, row, rows, weights, buffers[_target] + ((nint)first * _results * _itemSize));
        _after?.Run(buffers, null, first * _results, (first + rows) * _results);
        thread.Release(mark);
    }
}
