using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>a = u·diag(s)·vᵀ for a of [..., m, n]: singular values s, falling and ≥ 0, with orthonormal columns of u and v.</summary>
/// <remarks>
/// <para>With k = min(m, n), packed as [..., m·p + k + q·n]: u [m, p], s [k], vᵀ [q, n], where p = q = k, or p = m and q = n when full. Attributes: full=[1] or [0].</para>
/// <para>Where m ≥ n the element of largest magnitude of each column of u, the first of equals, is positive; a wide matrix is decomposed as its transpose, so there it is that of v.</para>
/// <para>QR with column exchanges, then one-sided Jacobi rotations. Backward error: ‖u·diag(s)·vᵀ - a‖ ≤ c·n·ε·‖a‖ with a small c.
/// Values below about 1e-145 of the largest (float32: 1e-15) count as 0. A matrix with NaN or infinity gives NaN throughout.</para>
/// </remarks>
public sealed class SvdPrimitive : MatrixPrimitive
{
    SvdPrimitive()
        : base("Svd")
    {
    }

    /// <summary>The one instance.</summary>
    public static SvdPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node x = inputs[0];
        CheckMatrix("Svd", x);
        (long m, long n) = (x.Shape[^2], x.Shape[^1]);
        (int p, int q) = Widths((int)m, (int)n, attributes);
        return (Packed(x, (m * p) + Math.Min(m, n) + (q * n)), x.Type);
    }

    /// <inheritdoc/>
    /// <remarks>Townsend 2016, "Differentiating the singular value decomposition": a' = u·(diag(s') + f∘(uᵀu' - u'ᵀu)·s + s·f∘(vᵀv' - v'ᵀv))·vᵀ, fᵢⱼ = 1 / (sⱼ² - sᵢ²),
    /// with (i - u·uᵀ)·u'·s⁻¹·vᵀ added for tall matrices and its counterpart for wide ones. Between equal singular values, and for the reciprocals of zero, the factor is 0:
    /// right for whatever depends on the values alone.</remarks>
    /// <exception cref="NotSupportedException">The decomposition is full and the matrix is not square: the added columns are arbitrary.</exception>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Shape a = node.Inputs[0].Shape;
        (int m, int n) = (a[^2], a[^1]);
        int k = Math.Min(m, n);
        (int p, int q) = Widths(m, n, node.Attributes);
        if (p > k || q > k)
        {
            throw new NotSupportedException($"Svd: the full decomposition of {a} has no gradient, because {Math.Max(p, q) - k} of its vectors are arbitrary. Use the reduced one.");
        }

        Node u = Op.Part(node, 0, [m, k]);
        Node vt = Op.Part(node, (m * k) + k, [k, n]);
        Node row = Op.Part(node, m * k, [1, k]);
        Node column = Op.Part(node, m * k, [k, 1]);
        Node du = Op.Part(cotangent, 0, [m, k]);
        Node dvt = Op.Part(cotangent, (m * k) + k, [k, n]);
        Node apart = EighPrimitive.SafeReciprocal(Op.Multiply(Op.Subtract(row, column), Op.Add(row, column)));
        Node turnU = Op.Multiply(Skew(Op.MatMul(Op.Transpose(u), du)), apart);
        Node turnV = Op.Multiply(Skew(Op.MatMul(vt, Op.Transpose(dvt))), apart);
        Node inner = Op.Add(Op.DiagonalMatrix(Op.Part(cotangent, m * k, [k])), Op.Add(Op.Multiply(turnU, row), Op.Multiply(column, turnV)));
        Node left = Op.MatMul(u, inner);
        if (m > k)
        {
            Node outside = Op.Multiply(du, EighPrimitive.SafeReciprocal(row));
            left = Op.Add(left, Op.Subtract(outside, Op.MatMul(u, Op.MatMul(Op.Transpose(u), outside))));
        }

        Node da = Op.MatMul(left, vt);
        if (n > k)
        {
            Node outside = Op.Multiply(dvt, EighPrimitive.SafeReciprocal(column));
            da = Op.Add(da, Op.MatMul(u, Op.Subtract(outside, Op.MatMul(Op.MatMul(outside, Op.Transpose(vt)), vt))));
        }

        return [da];
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        Shape a = node.Inputs[0].Shape;
        return 20L * a.Size * Math.Min(a[^1], a[^2]);
    }

    internal override int ScratchOf(int rows, int columns, Attributes? attributes)
    {
        (int p, int q) = Widths(rows, columns, attributes);
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        int width = Math.Max(p, q);
        return (m * n) + (m * width) + (n * n) + SvdAlgorithm.Scratch(m, n, width);
    }

    internal override void Compute<T>(MatrixTask<T> task)
    {
        (int rows, int columns) = (task.Rows, task.Columns);
        (int p, int q) = Widths(rows, columns, task.Attributes);
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        int width = rows >= columns ? p : q;
        Span<T> u = task.Result[..(rows * p)];
        Span<T> s = task.Result.Slice(rows * p, n);
        Span<T> vt = task.Result[((rows * p) + n)..];
        Span<T> tall = task.Scratch.Slice(0, m * n);
        Span<T> far = task.Scratch.Slice(m * n, m * width);
        Span<T> near = task.Scratch.Slice((m * n) + (m * width), n * n);
        Span<T> scratch = task.Scratch[((m * n) + (m * width) + (n * n))..];
        if (!Decompose(task.A, rows, columns, tall, far, width, s, near, scratch))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        // `far` is [m, width] of the longer side, `near` [n, n] with the shorter side's vectors as rows.
        if (rows >= columns)
        {
            far.CopyTo(u);
            near.CopyTo(vt);
        }
        else
        {
            RowSteps.Transpose<T>(near, n, n, u);
            RowSteps.Transpose<T>(far, m, width, vt);
        }
    }

    /// <summary>Decomposes the matrix or its transpose, whichever is not wide, after scaling it by a power of two. False when it is not finite or did not converge.</summary>
    internal static bool Decompose<T>(ReadOnlySpan<T> a, int rows, int columns, Span<T> tall, Span<T> far, int width, Span<T> s, Span<T> near, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        T largest = RowSteps.Largest(a);
        if (!T.IsFinite(largest))
        {
            return false;
        }

        T scale = largest > T.Zero ? RowSteps.PowerOfTwoBelow(largest) : T.One;
        if (rows >= columns)
        {
            a.CopyTo(tall);
        }
        else
        {
            RowSteps.Transpose(a, rows, columns, tall);
        }

        OneSidedJacobi.Divide(tall, scale);
        bool converged = SvdAlgorithm.Decompose<T>(tall, m, n, far, width, s, near, scratch);
        foreach (ref T value in s)
        {
            value *= scale;
        }

        return converged;
    }

    /// <summary>Columns of u and rows of vᵀ.</summary>
    public static (int Left, int Right) Widths(int rows, int columns, Attributes? attributes)
    {
        int k = Math.Min(rows, columns);
        return ((Axes)attributes!).Values[0] == 1 ? (rows, columns) : (k, k);
    }

    static Node Skew(Node x) => Op.Subtract(x, Op.Transpose(x));
}
