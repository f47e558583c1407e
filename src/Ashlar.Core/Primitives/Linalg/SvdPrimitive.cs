using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>a = u·diag(s)·vᵀ for a of [..., m, n]: singular values s, falling and ≥ 0, with orthonormal columns of u and v.</summary>
/// <remarks>
/// <para>With k = min(m, n), packed as [..., m·p + k + q·n]: u [m, p], s [k], vᵀ [q, n], where p = q = k, or p = m and q = n when full. Attributes: full=[1] or [0].</para>
/// <para>Where m ≥ n the element of largest magnitude of each column of u, the first of equals, is positive; a wide matrix is decomposed as its transpose, so there it is that of v.</para>
/// <para>Bidiagonal form, then implicit QR sweeps. Backward error: ‖u·diag(s)·vᵀ - a‖ ≤ c·n·ε·‖a‖ with a small c. A matrix with NaN or infinity gives NaN throughout.</para>
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
        return (m * width) + (n * n) + Scratch(m, n, width);
    }

    internal override void Compute<T>(MatrixTask<T> task)
    {
        (int rows, int columns) = (task.Rows, task.Columns);
        (int p, int q) = Widths(rows, columns, task.Attributes);
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        bool tall = rows >= columns;
        int width = tall ? p : q;
        Span<T> s = task.Result.Slice(rows * p, n);
        var u = new MatrixView<T>(task.Result[..(rows * p)], rows, p, p);
        var vt = new MatrixView<T>(task.Result[((rows * p) + n)..], q, columns, columns);
        Span<T> scratch = task.Scratch[((m * width) + (n * n))..];

        // `far` is [m, width] of the longer side, `near` [n, n] with the shorter side's vectors as rows.
        MatrixView<T> far = tall ? u : new MatrixView<T>(task.Scratch[..(m * width)], m, width, width);
        MatrixView<T> near = tall ? vt : new MatrixView<T>(task.Scratch.Slice(m * width, n * n), n, n, n);
        if (!Decompose(task.Steps, task.A, rows, columns, far, s, near, scratch))
        {
            task.Result.Fill(T.NaN);
        }
        else if (!tall)
        {
            task.Steps.Transpose(near, u);
            task.Steps.Transpose(far, vt);
        }
    }

    /// <summary>Elements of working memory of <see cref="Decompose"/>.</summary>
    internal static int Scratch(int m, int n, int width) => MatrixView<float>.SizeOf(m, n) + SvdAlgorithm.Scratch(m, n, width);

    /// <summary>Decomposes the matrix or its transpose, whichever is not wide, after scaling it by a power of two. False when it is not finite or did not converge.</summary>
    internal static bool Decompose<T>(MatrixSteps<T> steps, ReadOnlySpan<T> a, int rows, int columns, MatrixView<T> far, Span<T> s, MatrixView<T> near, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        MatrixView<T> tall = MatrixView<T>.Take(ref scratch, m, n);
        if (rows >= columns)
        {
            for (int i = 0; i < rows; i++)
            {
                a.Slice(i * columns, columns).CopyTo(tall.Row(i));
            }
        }
        else
        {
            steps.Transpose(a, tall);
        }

        T largest = steps.Largest(tall);
        if (!T.IsFinite(largest))
        {
            return false;
        }

        T scale = largest > T.Zero ? RowSteps.PowerOfTwoBelow(largest) : T.One;
        steps.Divide(tall, scale);
        bool converged = SvdAlgorithm.Decompose(steps, tall, far, s, near, scratch);
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
