using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>Where each matrix of a batch stands in the operands and the result.</summary>
readonly struct MatrixBatch
{
    readonly int _right;
    readonly int _result;

    public MatrixBatch(Node node)
    {
        Shape a = node.Inputs[0].Shape;
        int lead = a.Rank - 2;
        Count = new Shape(a.Extents[..lead]).Size;
        Rows = a[^2];
        Columns = a[^1];
        RightColumns = node.Inputs.Length > 1 ? node.Inputs[1].Shape[^1] : 0;
        _right = node.Inputs.Length > 1 ? node.Inputs[1].Shape[^2] * RightColumns : 0;
        _result = new Shape(node.Shape.Extents[lead..]).Size;
    }

    /// <summary>Number of matrices.</summary>
    public int Count { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int RightColumns { get; }

    public MatrixTask<T> Task<T>(int index, Attributes? attributes, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result, Span<T> scratch, MatrixSteps<T> steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            A = a.Slice(index * Rows * Columns, Rows * Columns),
            B = b.Slice(index * _right, _right),
            Result = result.Slice(index * _result, _result),
            Scratch = scratch,
            Rows = Rows,
            Columns = Columns,
            RightColumns = RightColumns,
            Attributes = attributes,
            Steps = steps,
        };
}
