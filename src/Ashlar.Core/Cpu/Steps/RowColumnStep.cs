using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Steps;

/// <summary>Rows as in <see cref="RowStep"/>, and reductions over them on the way: layer norm with the gradients of its weight and bias in one launch.</summary>
/// <remarks>In the order of the law row r of a block of 4,096 belongs to lane r mod 32. A chunk has some neighbouring lanes of one block to itself and takes their rows in order,
/// so no lane waits for another chunk; the lanes are folded at the end.</remarks>
sealed unsafe class RowColumnStep : Step, IChunkWork
{
    const int MostLanes = 8;
    const int LaneElements = 4096;

    readonly int _rows;
    readonly int _columns;
    readonly int _lanes;
    readonly int _blocks;
    readonly RowPasses _passes;
    readonly ColumnSum[] _sums;
    PlanMemory? _memory;

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="passes">What is done to them.</param>
    /// <param name="sums">The reductions over the rows, whose lanes are the first scratch of the passes, in order.</param>
    public RowColumnStep(int rows, int columns, RowPasses passes, ColumnSum[] sums)
    {
        (_rows, _columns, _passes, _sums) = (rows, columns, passes, sums);
        _blocks = ReduceStep.BlocksOf(rows);
        int fitting = Math.Clamp(LaneElements / Math.Max(1, columns), 1, Math.Min(MostLanes, passes.BlockRows));
        _lanes = 1 << BitOperations.Log2((uint)fitting);
    }

    public override void Run(PlanMemory memory)
    {
        _memory = memory;
        memory.Pool.Run(_blocks * (RowReduction.LaneCount / _lanes), this);
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        foreach (ColumnSum sum in _sums)
        {
            Fold(sum, memory.Pointers, thread.Take((nint)FewRowsReduction.OpenBranches * _columns * sum.ItemSize));
            for (int chunk = 0; chunk < sum.After?.Chunks; chunk++)
            {
                sum.After.RunChunk(memory.Pointers, chunk);
            }
        }

        thread.Release(mark);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        byte** buffers = _memory!.Pointers;
        int chunksOfBlock = RowReduction.LaneCount / _lanes;
        int block = chunk / chunksOfBlock;
        int lane = chunk % chunksOfBlock * _lanes;
        int first = (block * RowReduction.BlockLength) + lane;
        int end = Math.Min(_rows, (block + 1) * RowReduction.BlockLength);
        byte** lanes = stackalloc byte*[_sums.Length];
        for (int i = 0; i < _sums.Length; i++)
        {
            byte* own = buffers[_sums[i].Lanes] + ((((nint)block * RowReduction.LaneCount) + lane) * _columns * _sums[i].ItemSize);
            _sums[i].Reduction.Clear(own, _lanes * _columns);

            // Places count from the first row of all, and the lanes are the same for all rows of the chunk.
            lanes[i] = own - ((nint)first * _columns * _sums[i].ItemSize);
        }

        for (int row = first; row < end; row += RowReduction.LaneCount)
        {
            _passes.Run(buffers, lanes, row, Math.Min(end, row + _lanes), row + RowReduction.LaneCount);
            for (int i = 0; i < _sums.Length; i++)
            {
                lanes[i] -= (nint)RowReduction.LaneCount * _columns * _sums[i].ItemSize;
            }
        }

        if (_passes.Streams && Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }

    // Lanes are rows of which each lane has one.
    void Fold(ColumnSum sum, byte** buffers, byte* open)
    {
        nint row = (nint)_columns * sum.ItemSize;
        byte* results = buffers[_blocks == 1 ? sum.Target : sum.Partials];
        for (int block = 0; block < _blocks; block++)
        {
            sum.Reduction.FewRows(buffers[sum.Lanes] + (block * RowReduction.LaneCount * row), _columns, RowReduction.LaneCount, _columns, open, results + (block * row));
        }

        if (_blocks > 1)
        {
            sum.Reduction.FoldBlocks(results, _blocks, _columns, blocksFirst: true, buffers[sum.Target]);
        }
    }
}
