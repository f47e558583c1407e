using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>A product of matrices that is computed a few rows at a time, each part by one thread.</summary>
/// <remarks>An element's sum depends on k alone, so parts have the bits of the whole. Rows of a part may want fewer columns, or leave out the last of k.</remarks>
sealed unsafe class RowProduct
{
    // Sums of products whose magnitudes add up to this are finite, however they are rounded.
    const double SurelyFinite = 1e38;

    readonly ContractionNest _nest;
    readonly BufferPlace _a;
    readonly BufferPlace _b;
    readonly int _stepA;
    readonly int? _stepB;
    readonly int _blockRows;
    readonly bool _isAlongDepth;
    readonly ContractionKernel _whole;
    readonly ContractionKernel _rest;

    /// <param name="nest">The whole product. Its rows are equally far apart in A; each batch of C is [M, N], row-major.</param>
    /// <param name="a">A, unless a caller gives it.</param>
    /// <param name="b">B.</param>
    /// <param name="blockRows">Rows of a part; the last part of a batch may have fewer.</param>
    public RowProduct(ContractionNest nest, BufferPlace a, BufferPlace b, int blockRows)
    {
        (_nest, _a, _b, _blockRows) = (nest, a, b, blockRows);
        _stepA = nest.M > 1 ? nest.RowA[1] - nest.RowA[0] : 0;
        _stepB = nest.K > 0 ? PanelSource.ConstantStep(nest.DepthB) : null;
        _isAlongDepth = nest.K > 0 && nest.N > 1 && PanelSource.ConstantStep(nest.DepthA) is 0 or 1 && PanelSource.ConstantStep(nest.DepthB) is 0 or 1 && PanelSource.ConstantStep(nest.ColumnB).HasValue;
        _whole = Make(Math.Min(blockRows, nest.M));
        _rest = nest.M % blockRows == 0 ? _whole : Make(nest.M % blockRows);
    }

    /// <summary>Whether parts leave out what is not wanted; else they compute it too.</summary>
    public bool TakesLimits => _whole.TakesLimits && _rest.TakesLimits;

    /// <summary>Computes rows of one batch.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="row">The first row, a multiple of the rows of a part.</param>
    /// <param name="rows">How many.</param>
    /// <param name="wanted">For each row how many columns, from the first; null for all.</param>
    /// <param name="c">Where the first row goes.</param>
    public void Run(PlanMemory memory, int batch, int row, int rows, int* wanted, byte* c)
    {
        byte* a = _a.In(memory.Pointers) + (((nint)_nest.BatchA[batch] + ((nint)row * _stepA)) * _nest.Type.ItemSize);
        Run(memory, batch, a, rows, wanted, alongDepth: false, c);
    }

    /// <summary>Computes rows of one batch from rows of A that the caller has.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="a">The first of the rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="wanted">For each row how many of k, from the first; null for all.</param>
    /// <param name="c">Where the first row goes.</param>
    public void RunOn(PlanMemory memory, int batch, byte* a, int rows, int* wanted, byte* c) => Run(memory, batch, a, rows, wanted, alongDepth: true, c);

    void Run(PlanMemory memory, int batch, byte* a, int rows, int* wanted, bool alongDepth, byte* c)
    {
        ContractionKernel kernel = rows == _blockRows ? _whole : _rest;
        if (wanted != null && kernel.TakesLimits)
        {
            kernel.RunLimited(memory.Pool, a, B(memory, batch), c, wanted, alongDepth);
        }
        else
        {
            kernel.Run(memory.Pool, a, B(memory, batch), c);
        }
    }

    /// <summary>Whether all of B is known to be finite; float32 whose columns lie side by side.</summary>
    public bool IsFinite(PlanMemory memory, int batch) => _stepB is int step
        && float.IsFinite(ZeroTail.LargestMagnitude((float*)B(memory, batch) + _nest.DepthB[0] + _nest.ColumnB[0], _nest.K, step, _nest.N));

    /// <summary>Whether all elements of some rows are known to be finite without being computed; float32.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    public bool AreFinite(PlanMemory memory, int batch, int row, int rows)
    {
        if (!_isAlongDepth)
        {
            return false;
        }

        float* a = (float*)_a.In(memory.Pointers) + _nest.BatchA[batch] + ((nint)row * _stepA) + _nest.RowA[0] + _nest.DepthA[0];
        float* b = (float*)B(memory, batch) + _nest.ColumnB[0] + _nest.DepthB[0];
        double largestA = ZeroTail.LargestMagnitude(a, rows, _stepA, _nest.K);
        return largestA * ZeroTail.LargestMagnitude(b, _nest.N, _nest.ColumnB[1] - _nest.ColumnB[0], _nest.K) * _nest.K <= SurelyFinite;
    }

    byte* B(PlanMemory memory, int batch) => _b.In(memory.Pointers) + ((nint)_nest.BatchB[batch] * _nest.Type.ItemSize);

    ContractionKernel Make(int rows)
    {
        int first = _nest.RowA[0];
        return new ContractionKernel(new ContractionNest
        {
            Type = _nest.Type,
            BatchA = [0],
            BatchB = [0],
            BatchC = [0],
            RowA = [.. _nest.RowA.Take(rows).Select(offset => offset - first)],
            DepthA = _nest.DepthA,
            DepthB = _nest.DepthB,
            ColumnB = _nest.ColumnB,
            RowC = _nest.RowC[..rows],
            ColumnC = _nest.ColumnC,
            IsPart = true,
        });
    }
}
