using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>One matrix of a batch, with everything its computation may read and write; all row-major.</summary>
readonly ref struct MatrixTask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The matrix, [Rows, Columns].</summary>
    public ReadOnlySpan<T> A { get; init; }

    /// <summary>The second operand, [Rows, RightColumns], or empty.</summary>
    public ReadOnlySpan<T> B { get; init; }

    /// <summary>The result of this matrix.</summary>
    public Span<T> Result { get; init; }

    /// <summary>Working memory with arbitrary content, as long as the primitive asked for.</summary>
    public Span<T> Scratch { get; init; }

    public int Rows { get; init; }

    public int Columns { get; init; }

    public int RightColumns { get; init; }

    public Attributes? Attributes { get; init; }

    /// <summary>Who computes the steps.</summary>
    public MatrixSteps<T> Steps { get; init; }

    /// <summary>The same matrix with other steps.</summary>
    public MatrixTask<T> With(MatrixSteps<T> steps) => new()
    {
        A = A,
        B = B,
        Result = Result,
        Scratch = Scratch,
        Rows = Rows,
        Columns = Columns,
        RightColumns = RightColumns,
        Attributes = Attributes,
        Steps = steps,
    };
}
