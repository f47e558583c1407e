using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>a[p] = l·u by Gaussian elimination with partial pivoting, for a of [..., m, n].</summary>
/// <remarks>
/// <para>Packed as [..., m·n + m + 1]: the matrix with u on and above the diagonal and l below it (its diagonal is 1), then the row p[i] of a that became row i, then the sign of that permutation.</para>
/// <para>The pivot is the largest magnitude of its column, the first of equals; a NaN stays where it is. Each element takes its fused multiply-adds in the order of the pivots. A zero pivot leaves its column as it is: u is singular.</para>
/// <para>Backward error: |l·u - a[p]| ≤ min(m, n)·ε·|l|·|u| (Higham 2002, theorem 9.3).</para>
/// </remarks>
public sealed class LuPrimitive : MatrixPrimitive
{
    LuPrimitive()
        : base("Lu")
    {
    }

    /// <summary>The one instance.</summary>
    public static LuPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node x = inputs[0];
        CheckMatrix("Lu", x);
        return (Packed(x, ((long)x.Shape[^2] * x.Shape[^1]) + x.Shape[^2] + 1), x.Type);
    }

    /// <inheritdoc/>
    /// <remarks>The permutation is constant nearby. With k = min(m, n), l₁ and u₁ the leading k x k blocks, l₂ and u₂ what stands below and beside them:
    /// a' = l₁⁻ᵀ·(tril(l₁ᵀ·l₁' - u₂'·u₂ᵀ, -1) + triu(u₁'·u₁ᵀ - l₂ᵀ·l₂'))·u₁⁻ᵀ (de Hoog, Anderssen and Lukas 2011, generalised to rectangles).</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Shape a = node.Inputs[0].Shape;
        (int m, int n) = (a[^2], a[^1]);
        int k = Math.Min(m, n);
        Node packed = Op.Part(node, 0, [m, n]);
        Node given = Op.Part(cotangent, 0, [m, n]);
        Node lead = Op.Block(packed, 0, 0, k, k);
        Node gave = Op.Block(given, 0, 0, k, k);
        Node l1 = Op.Add(Op.Tril(lead, -1), Op.Identity(k, node.Type));
        Node lower = Op.MatMul(Op.Transpose(l1), Op.Tril(gave, -1));
        Node upper = Op.MatMul(Op.Triu(gave, 0), Op.Transpose(Op.Triu(lead, 0)));
        Node l2 = Op.Block(packed, k, 0, m - k, k);
        Node dl2 = Op.Block(given, k, 0, m - k, k);
        Node u2 = Op.Block(packed, 0, k, k, n - k);
        Node du2 = Op.Block(given, 0, k, k, n - k);
        if (n > k)
        {
            lower = Op.Subtract(lower, Op.MatMul(du2, Op.Transpose(u2)));
        }

        if (m > k)
        {
            upper = Op.Subtract(upper, Op.MatMul(Op.Transpose(l2), dl2));
        }

        Node inner = Op.Add(Op.Tril(lower, -1), Op.Triu(upper, 0));

        // What stands right is solved with l₁ᵀ from the left, what stands below with u₁ᵀ from the right.
        Node da = Op.TriangularSolve(lead, Op.Transpose(inner), lower: false, transposed: false);
        da = Op.TriangularSolve(lead, Op.Transpose(da), lower: true, transposed: true, unitDiagonal: true);
        if (n > k)
        {
            Node right = Op.TriangularSolve(lead, du2, lower: true, transposed: true, unitDiagonal: true);
            da = Op.Concat([da, right], a.Rank - 1);
        }

        if (m > k)
        {
            Node below = Op.Transpose(Op.TriangularSolve(lead, Op.Transpose(dl2), lower: false, transposed: false));
            da = Op.Concat([da, below], a.Rank - 2);
        }

        return [Op.PutRows(da, Op.Rows(node, m, n))];
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        Shape a = node.Inputs[0].Shape;
        return (long)a.Size * Math.Min(a[^1], a[^2]);
    }

    internal override void Compute<T>(MatrixTask<T> task)
    {
        (int m, int n) = (task.Rows, task.Columns);
        task.A.CopyTo(task.Result);
        Span<T> order = task.Result.Slice(m * n, m);
        task.Result[^1] = Factor(task.Result[..(m * n)], m, n, order);
    }

    /// <summary>Factors in place and gives the sign of the permutation.</summary>
    internal static T Factor<T>(Span<T> a, int m, int n, Span<T> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sign = T.One;
        for (int i = 0; i < m; i++)
        {
            order[i] = T.CreateTruncating(i);
        }

        for (int k = 0; k < Math.Min(m, n); k++)
        {
            int pivot = k;
            for (int i = k + 1; i < m; i++)
            {
                pivot = T.Abs(a[(i * n) + k]) > T.Abs(a[(pivot * n) + k]) ? i : pivot;
            }

            if (pivot != k)
            {
                RowSteps.Exchange(a.Slice(pivot * n, n), a.Slice(k * n, n));
                (order[k], order[pivot]) = (order[pivot], order[k]);
                sign = -sign;
            }

            T divisor = a[(k * n) + k];
            if (divisor == T.Zero)
            {
                continue;
            }

            ReadOnlySpan<T> top = a[((k * n) + k + 1)..((k + 1) * n)];
            for (int i = k + 1; i < m; i++)
            {
                T factor = a[(i * n) + k] / divisor;
                a[(i * n) + k] = factor;
                RowSteps.Add(-factor, top, a[((i * n) + k + 1)..((i + 1) * n)]);
            }
        }

        return sign;
    }
}
