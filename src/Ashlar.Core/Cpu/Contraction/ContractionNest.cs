namespace Ashlar.Cpu.Contraction;

/// <summary>C[b, m, n] = Σₖ A[b, m, k] · B[b, k, n] over operands whose addresses are sums of table entries.</summary>
/// <remarks>
/// All offsets are in elements from the pointers given to <see cref="ContractionKernel.Run"/>. Any strided product is of this form, and so is a convolution, where
/// k runs over (input channel, kernel position) and n over (image, output pixel). The tables must not be changed afterwards, and C's addresses must be distinct.
/// </remarks>
sealed class ContractionNest
{
    /// <summary>Element type of A, B and C: float32, float64, int32 or int64.</summary>
    public required DType Type { get; init; }

    /// <summary>[Batch] offset of each batch in A.</summary>
    public required int[] BatchA { get; init; }

    /// <summary>[Batch] offset of each batch in B.</summary>
    public required int[] BatchB { get; init; }

    /// <summary>[Batch] offset of each batch in C.</summary>
    public required int[] BatchC { get; init; }

    /// <summary>[M] offset of row m in A.</summary>
    public required int[] RowA { get; init; }

    /// <summary>[K] offset of k in A.</summary>
    public required int[] DepthA { get; init; }

    /// <summary>[K] offset of k in B.</summary>
    public required int[] DepthB { get; init; }

    /// <summary>[N] offset of column n in B.</summary>
    public required int[] ColumnB { get; init; }

    /// <summary>[M] offset of row m in C.</summary>
    public required int[] RowC { get; init; }

    /// <summary>[N] offset of column n in C.</summary>
    public required int[] ColumnC { get; init; }

    /// <summary>Which elements of B are padding, or null for none. Then columns stay columns, and most neighbours must be neighbours in B.</summary>
    public PaddedColumns? Padding { get; init; }

    /// <summary>Which terms are no padding that lies in B as +0, where that is known; or null. They may be left out of sums that this does not change.</summary>
    public TermsInside? Inside { get; init; }

    /// <summary>Whether one thread computes all of it, as a part of a larger work: then it is not cut to be shared.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether columns of the last tile but one may be computed again to fill the last. Only of a part: no other thread may be at the same columns.</summary>
    public bool RepeatsColumns { get; init; }

    /// <summary>Extent of the batch axis.</summary>
    public int Batch => BatchC.Length;

    /// <summary>Rows of C.</summary>
    public int M => RowC.Length;

    /// <summary>Columns of C.</summary>
    public int N => ColumnC.Length;

    /// <summary>Extent of the contracted axis.</summary>
    public int K => DepthA.Length;

    /// <summary>The same sums with the operands exchanged: Cᵀ = Bᵀ·Aᵀ. A product is the same either way round, so the bits are too. Not with padding.</summary>
    internal ContractionNest Transposed() => new()
    {
        Type = Type,
        BatchA = BatchB,
        BatchB = BatchA,
        BatchC = BatchC,
        RowA = ColumnB,
        DepthA = DepthB,
        DepthB = DepthA,
        ColumnB = RowA,
        RowC = ColumnC,
        ColumnC = RowC,
        IsPart = IsPart,
    };

    /// <exception cref="DTypeException">The type is not one that can be contracted.</exception>
    /// <exception cref="ShapeException">Two tables of one axis differ in length.</exception>
    internal void Validate()
    {
        if (Type is not (DType.Float32 or DType.Float64 or DType.Int32 or DType.Int64))
        {
            throw new DTypeException($"contraction: the element type is {Type.Name}. Convert the operands to float32, float64, int32 or int64.");
        }

        RequireEqual("batch", BatchA, BatchB);
        RequireEqual("batch", BatchA, BatchC);
        RequireEqual("row", RowA, RowC);
        RequireEqual("depth", DepthA, DepthB);
        RequireEqual("column", ColumnB, ColumnC);
    }

    static void RequireEqual(string axis, int[] x, int[] y)
    {
        if (x.Length != y.Length)
        {
            throw new ShapeException($"contraction: the {axis} tables have {x.Length} and {y.Length} offsets. Give one offset for each index of the axis.");
        }
    }
}
