using System.Runtime.CompilerServices;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>Block of rows by block: a product gives scores, passes over their rows make weights of them, a second product takes the weights. Scores and weights of a block stay in the second-level cache.</summary>
/// <remarks>
/// With keys and values this is attention; its gradient has the same form twice. Every element is computed by the steps of the three launches apart, so the bits are theirs.
/// Scores that a mask hides are not computed, the passes walk over what some row of a few sees, and products with weights that are zero behind a column are left out, where none of this can show.
/// </remarks>
sealed unsafe class AttentionStep : Step, IChunkWork
{
    // Elements of a block's scores: 512 KiB of float32, half of a usual second-level cache. Of a masked block half as many, and the weights lie beside them.
    const int BlockElements = 1 << 17;
    const int FewestRows = 12;
    const int FewestMaskedRows = 64;

    // Blocks that many threads share evenly.
    const int EnoughBlocks = 8;

    // Rows that the passes walk over together, up to the last column that one of them sees.
    const int RowsTogether = 32;

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
    readonly bool _seeksZeros;
    readonly ScoreMask? _mask;
    readonly RowEnds? _ends;
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
    /// <param name="ends">Receives where the rows of weights end, or null.</param>
    /// <param name="values">The product that takes the weights.</param>
    /// <param name="valuesB">Its right operand.</param>
    /// <param name="target">Buffer of its result.</param>
    /// <param name="after">Maps on the result, or null.</param>
    public AttentionStep(ContractionNest scores, BufferPlace scoresA, BufferPlace scoresB, ScoreMask? mask, RowPasses passes, int[] given, int scoresAt, int weightsAt, RowEnds? ends, ContractionNest values, BufferPlace valuesB, int target, MapWork? after)
    {
        (_batches, _rows, _columns, _results, _itemSize) = (scores.Batch, scores.M, scores.N, values.N, scores.Type.ItemSize);
        (_mask, _passes, _given, _scores, _weights, _ends, _target, _after) = (mask, passes, given, scoresAt, weightsAt, ends, target, after);
        _blockRows = BlockRows(_batches, _rows, _columns, mask is not null);
        _seeksZeros = scores.Type == DType.Float32 && PanelSource.ConstantStep(values.ColumnB) is 0 or 1;
        _first = new RowProduct(scores, scoresA, scoresB, _blockRows);
        _second = new RowProduct(values, default, valuesB, _blockRows);
    }

    // As many as the cache holds, in blocks of about the same size.
    static int BlockRows(int batches, int rows, int columns, bool isMasked)
    {
        int fewest = isMasked ? FewestMaskedRows : FewestRows;
        int most = Math.Max(fewest, (isMasked ? BlockElements / 2 : BlockElements) / Math.Max(1, columns));
        int blocks = Math.Max(1, (rows + most - 1) / most);
        blocks = isMasked ? Math.Max(blocks, Math.Min((EnoughBlocks + batches - 1) / Math.Max(1, batches), rows / fewest)) : blocks;
        int even = (rows + blocks - 1) / Math.Max(1, blocks);
        int step = isMasked ? RowsTogether : FewestRows;
        return Math.Max(1, blocks <= 1 ? rows : (even + step - 1) / step * step);
    }

    public override void Run(PlanMemory memory)
    {
        _memory = memory;
        _mask?.Read(memory.Pointers);
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
        byte* weights = (_weights >= 0 ? buffers[_weights] : given[~_weights]) + before;
        byte* result = buffers[_target] + ((nint)first * _results * _itemSize);
        int* ends = (int*)thread.Take(2 * rows * sizeof(int));
        if (_mask is null || !RunSeen(memory, batch, row, rows, given, scores, weights, result, ends, ends + rows))
        {
            _first.Run(memory, batch, row, rows, null, scores);
            RunPasses(buffers, given, first, rows);
            Second(memory, batch, rows, weights, result, ends);
        }

        _after?.Run(buffers, null, first * _results, (first + rows) * _results);
        thread.Release(mark);
    }

    // What the mask leaves; false if what it hides could show, and all must be computed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool RunSeen(PlanMemory memory, int batch, int row, int rows, byte** given, byte* scores, byte* weights, byte* result, int* seen, int* walked)
    {
        byte** buffers = memory.Pointers;
        int first = (batch * _rows) + row;
        bool hasParts = _passes.HasParts && _mask!.IsLowest(buffers);
        if (_mask!.HasFactor && !(hasParts && _first.AreFinite(memory, batch, row, rows)))
        {
            return false;
        }

        _mask.See(buffers, first, rows, seen);
        int together = Math.Min(RowsTogether, _passes.BlockRows);
        for (int start = 0; start < rows; start += together)
        {
            int end = Math.Min(rows, start + together);
            int most = 1;
            for (int i = start; i < end; i++)
            {
                most = Math.Max(most, seen[i]);
            }

            most = Math.Min(_columns, (most + ScoreMask.Quantum - 1) / ScoreMask.Quantum * ScoreMask.Quantum);
            most = _mask.HasFactor && most < _columns && !_mask.IsZeroBehind(buffers, first + start, end - start, most) ? _columns : most;
            new Span<int>(walked + start, end - start).Fill(most);
        }

        _first.Run(memory, batch, row, rows, walked, scores);
        if (!hasParts)
        {
            RunPasses(buffers, given, first, rows);
            Second(memory, batch, rows, weights, result, seen);
            return true;
        }

        bool isStored = _weights >= 0;
        for (int start = 0; start < rows; start += together)
        {
            int end = Math.Min(rows, start + together);
            if (!_passes.RunPart(buffers, given, first + start, first + end, first + start + together, walked[start]))
            {
                return false;
            }

            // A tile of the second product reads each of its rows as far as one of them sees.
            int to = isStored ? _columns : 0;
            for (int i = Math.Max(0, start - TileShape.TallestNarrow); i < Math.Min(rows, end + TileShape.TallestNarrow); i += together)
            {
                to = Math.Max(to, walked[i]);
            }

            to = Math.Max(to, walked[Math.Min(rows, end + TileShape.TallestNarrow) - 1]);
            Clear(weights, start, end, walked[start], to);
        }

        return SecondOfSeen(memory, batch, rows, weights, result, seen, walked, first);
    }

    // What the weights see. A sum of -0 would show what was left out.
    bool SecondOfSeen(PlanMemory memory, int batch, int rows, byte* weights, byte* result, int* seen, int* walked, int first)
    {
        bool leavesOut = _second.TakesLimits && _second.IsFinite(memory, batch);
        if (leavesOut)
        {
            _second.RunOn(memory, batch, weights, rows, seen, result);
            leavesOut = !ZeroTail.HasNegativeZero((float*)result, rows * _results);
        }

        if (!leavesOut)
        {
            for (int i = 0; i < rows && _weights < 0; i++)
            {
                Clear(weights, i, i + 1, walked[i], _columns);
            }

            _second.RunOn(memory, batch, weights, rows, null, result);
        }

        if (_ends is not null)
        {
            new ReadOnlySpan<int>(seen, rows).CopyTo(_ends.Columns.AsSpan(first));
        }

        return true;
    }

    void Clear(byte* weights, int row, int end, int column, int to)
    {
        for (; row < end && column < to; row++)
        {
            new Span<float>((float*)weights + ((nint)row * _columns) + column, to - column).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunPasses(byte** buffers, byte** given, int first, int rows)
    {
        for (int start = first; start < first + rows; start += _passes.BlockRows)
        {
            _passes.Run(buffers, given, start, Math.Min(first + rows, start + _passes.BlockRows), start + _passes.BlockRows);
        }

        _ends?.Columns.AsSpan(first, rows).Fill(_columns);
    }

    // All weights are known: those that are zero behind a column of some rows are left out if that cannot show.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Second(PlanMemory memory, int batch, int rows, byte* weights, byte* result, int* ends)
    {
        bool leavesOut = false;
        for (int start = 0; start < rows && _seeksZeros && _second.TakesLimits; start += RowsTogether)
        {
            int count = Math.Min(RowsTogether, rows - start);
            int most = ZeroTail.Columns((float*)weights + ((nint)start * _columns), count, _columns, ScoreMask.Quantum);
            new Span<int>(ends + start, count).Fill(most);
            leavesOut |= most < _columns;
        }

        if (leavesOut && _second.IsFinite(memory, batch))
        {
            _second.RunOn(memory, batch, weights, rows, ends, result);
            if (!ZeroTail.HasNegativeZero((float*)result, rows * _results))
            {
                return;
            }
        }

        _second.RunOn(memory, batch, weights, rows, null, result);
    }
}
