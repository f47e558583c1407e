using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>A product of matrices that is computed a few rows at a time, each part by one thread.</summary>
/// <remarks>An element's sum depends on k alone, so parts have the bits of the whole.</remarks>
sealed unsafe class RowProduct
{
    readonly ContractionKernel _block;
    readonly ContractionKernel _rest;
    readonly BufferPlace _a;
    readonly BufferPlace _b;
    readonly int[] _batchA;
    readonly int[] _batchB;
    readonly int _stepA;
    readonly int _blockRows;
    readonly int _itemSize;

    /// <param name="nest">The whole product. Its rows are equally far apart in A; each batch of C is [M, N], row-major.</param>
    /// <param name="a">A, unless a caller gives it.</param>
    /// <param name="b">B.</param>
    /// <param name="blockRows">Rows of a part; the last part of a batch may have fewer.</param>
    public RowProduct(ContractionNest nest, BufferPlace a, BufferPlace b, int blockRows)
    {
        (_a, _b, _batchA, _batchB, _blockRows, _itemSize) = (a, b, nest.BatchA, nest.BatchB, blockRows, nest.Type.ItemSize);
        _stepA = nest.M > 1 ? nest.RowA[1] - nest.RowA[0] : 0;
        _block = Kernel(nest, blockRows);
        _rest = nest.M % blockRows == 0 ? _block : Kernel(nest, nest.M % blockRows);
    }

    /// <summary>Computes rows of one batch.</summary>
    /// <param name="memory">The plan's memory.</param>
    /// <param name="batch">Which batch.</param>
    /// <param name="row">The first row, a multiple of the rows of a part.</param>
    /// <param name="rows">How many.</param>
    /// <param name="given">The first of those rows of A, or null for where the product was told.</param>
    /// <param name="c">Where the first row goes.</param>
    public void Run(PlanMemory memory, int batch, int row, int rows, byte* given, byte* c)
    {
        byte* a = given is not null ? given : _a.In(memory.Pointers) + (((nint)_batchA[batch] + ((nint)row * _stepA)) * _itemSize);
        (rows == _blockRows ? _block : _rest).Run(memory.Pool, a, _b.In(memory.Pointers) + ((nint)_batchB[batch] * _itemSize), c);
    }

    static ContractionKernel Kernel(ContractionNest nest, int rows)
    {
        int first = nest.RowA[0];
        return new ContractionKernel(new ContractionNest
        {
            Type = nest.Type,
            BatchA = [0],
            BatchB = [0],
            BatchC = [0],
            RowA = [.. nest.RowA.Take(rows).Select(offset => offset - first)],
            DepthA = nest.DepthA,
            DepthB = nest.DepthB,
            ColumnB = nest.ColumnB,
            RowC = nest.RowC[..rows],
            ColumnC = nest.ColumnC,
            IsPart = true,
        });
    }
}
