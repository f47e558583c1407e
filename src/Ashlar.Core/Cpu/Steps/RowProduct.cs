using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>A product of matrices that is computed a few rows at a time, each part by one thread.</summary>
/// <remarks>An element's sum depends on k alone, so parts have the bits of the whole. A part may have fewer columns, or leave out the last of k.</remarks>
sealed unsafe class RowProduct
{
    // Sums of products whose magnitudes add up to this are finite, however they are rounded.
    const double SurelyFinite = 1e38;

    readonly ContractionNest _nest;
    readonly BufferPlace _a;
    readonly BufferPlace _b;
    readonly int _stepA;
    readonly int _blockRows;
    readonly int _quantum;
    readonly bool _isAlongDepth;
    readonly ContractionKernel?[] _whole;
    readonly ContractionKernel?[] _rest;

    /// <param name="nest">The whole product. Its rows are equally far apart in A; each batch of C is [M, N], row-major.</param>
    /// <param name="a">A, unless a caller gives it.</param>
    /// <param name="b">B.</param>
    /// <param name="blockRows">Rows of a part; the last part of a batch may have fewer.</param>
    /// <param name="quantum">Numbers of columns, or of k, are multiples of it, or all.</param>
    public RowProduct(ContractionNest nest, BufferPlace a, BufferPlace b, int blockRows, int quantum)
    {
        (_nest, _a, _b, _blockRows, _quantum) = (nest, a, b, blockRows, quantum);
        _stepA = nest.M > 1 ? nest.RowA[1] - nest.RowA[0] : 0;
        _isAlongDepth = nest.K > 0 && nest.N > 1 && PanelSource.ConstantStep(nest.DepthA) is 0 or 1 && PanelSource.ConstantStep(nest.DepthB) is 0 or 1 && PanelSource.ConstantStep(nest.ColumnB).HasValue;
        _whole = new ContractionKernel?[(Math.Max(nest.N, nest.K) / quantum) + 2];
        _rest = nest.M % blockRows == 0 ? _whole : new ContractionKernel?[_whole.Length];
    }

    /// <summary>Computes rows of one batch.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="row">The first row, a multiple of the rows of a part.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">How many columns, from the first.</param>
    /// <param name="c">Where the first row goes.</param>
    public void Run(PlanMemory memory, int batch, int row, int rows, int columns, byte* c)
    {
        byte* a = _a.In(memory.Pointers) + (((nint)_nest.BatchA[batch] + ((nint)row * _stepA)) * _nest.Type.ItemSize);
        Kernel(rows, columns, _nest.K, columns).Run(memory.Pool, a, B(memory, batch), c);
    }

    /// <summary>Computes rows of one batch from rows of A that the caller has.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="a">The first of the rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="depth">How many of k, from the first.</param>
    /// <param name="c">Where the first row goes.</param>
    public void Run(PlanMemory memory, int batch, byte* a, int rows, int depth, byte* c) => Kernel(rows, _nest.N, depth, depth).Run(memory.Pool, a, B(memory, batch), c);

    /// <summary>Whether terms of k that stand behind a zero of A may be left out, as far as B is concerned.</summary>
    public bool MayLeaveOut(PlanMemory memory, int batch, int depth) => ZeroTail.IsFinite((float*)B(memory, batch), _nest.DepthB.AsSpan(depth), _nest.N);

    /// <summary>Whether all elements of some rows behind a column are known to be finite without being computed; float32.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">Columns before those that are asked for.</param>
    public bool AreFinite(PlanMemory memory, int batch, int row, int rows, int columns)
    {
        if (!_isAlongDepth)
        {
            return false;
        }

        float* a = (float*)_a.In(memory.Pointers) + _nest.BatchA[batch] + ((nint)row * _stepA) + _nest.RowA[0] + _nest.DepthA[0];
        float* b = (float*)B(memory, batch) + _nest.ColumnB[columns] + _nest.DepthB[0];
        double largestA = ZeroTail.LargestMagnitude(a, rows, _stepA, _nest.K);
        return largestA * ZeroTail.LargestMagnitude(b, _nest.N - columns, _nest.ColumnB[1] - _nest.ColumnB[0], _nest.K) * _nest.K <= SurelyFinite;
    }

    byte* B(PlanMemory memory, int batch) => _b.In(memory.Pointers) + ((nint)_nest.BatchB[batch] * _nest.Type.ItemSize);

    // Made when first wanted: most products are wanted whole. Two threads may make the same one; either serves.
    ContractionKernel Kernel(int rows, int columns, int depth, int size) =>
        (rows == _blockRows ? _whole : _rest)[(size + _quantum - 1) / _quantum] ??= Make(rows, columns, depth);

    ContractionKernel Make(int rows, int columns, int depth)
    {
        int first = _nest.RowA[0];
        return new ContractionKernel(new ContractionNest
        {
            Type = _nest.Type,
            BatchA = [0],
            BatchB = [0],
            BatchC = [0],
            RowA = [.. _nest.RowA.Take(rows).Select(offset => offset - first)],
            DepthA = _nest.DepthA[..depth],
            DepthB = _nest.DepthB[..depth],
            ColumnB = _nest.ColumnB[..columns],
            RowC = _nest.RowC[..rows],
            ColumnC = _nest.ColumnC[..columns],
            IsPart = true,
        });
    }
}
