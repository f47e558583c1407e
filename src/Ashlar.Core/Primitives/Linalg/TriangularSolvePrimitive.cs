using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>x with a·x = b or aᵀ·x = b for a triangular [..., n, n] and b [..., n, k]. The other triangle is not read.</summary>
/// <remarks>
/// <para>By substitution: each xᵢ starts at bᵢ, takes one fused multiply-add for each known x in the order in which they became known, and is divided by aᵢᵢ.</para>
/// <para>Backward error: (a + e)·x = b with |e| ≤ n·ε·|a| element by element (Higham 2002, theorem 8.5). A zero on the diagonal gives NaN in all of that matrix's x.</para>
/// </remarks>
public sealed class TriangularSolvePrimitive : MatrixPrimitive
{
    TriangularSolvePrimitive()
        : base("TriangularSolve")
    {
    }

    /// <summary>The one instance.</summary>
    public static TriangularSolvePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        (Node a, Node b) = (inputs[0], inputs[1]);
        CheckSquare("TriangularSolve", a);
        CheckRightSide("TriangularSolve", a, b);
        return (b.Shape, b.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var way = (TriangularAttributes)node.Attributes!;
        Node db = new(this, [node.Inputs[0], cotangent], new TriangularAttributes(way.Lower, !way.Transposed, way.UnitDiagonal));
        Node da = Op.Negate(way.Transposed ? Op.MatMul(node, Op.Transpose(db)) : Op.MatMul(db, Op.Transpose(node)));
        int offset = way.UnitDiagonal ? 1 : 0;
        return [way.Lower ? Op.Tril(da, -offset) : Op.Triu(da, offset), db];
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => (long)node.Shape.Size * node.Inputs[0].Shape[^1];

    internal override void Compute<T>(MatrixTask<T> task)
    {
        var way = (TriangularAttributes)task.Attributes!;
        task.B.CopyTo(task.Result);
        if (!Solve(task.A, task.Rows, task.Result, task.RightColumns, way.Lower, way.Transposed, way.UnitDiagonal))
        {
            task.Result.Fill(T.NaN);
        }
    }

    /// <summary>Solves in place. False when the diagonal has a zero.</summary>
    internal static bool Solve<T>(ReadOnlySpan<T> a, int n, Span<T> x, int columns, bool lower, bool transposed, bool unitDiagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool forward = lower != transposed;
        for (int step = 0; step < n; step++)
        {
            int i = forward ? step : n - 1 - step;
            Span<T> row = x.Slice(i * columns, columns);
            for (int known = 0; known < step; known++)
            {
                int k = forward ? known : n - 1 - known;
                T factor = transposed ? a[(k * n) + i] : a[(i * n) + k];
                RowSteps.Add(-factor, x.Slice(k * columns, columns), row);
            }

            if (unitDiagonal)
            {
                continue;
            }

            T diagonal = a[(i * n) + i];
            if (diagonal == T.Zero)
            {
                return false;
            }

            foreach (ref T value in row)
            {
                value /= diagonal;
            }
        }

        return true;
    }
}
