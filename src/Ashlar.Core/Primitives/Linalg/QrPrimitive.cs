using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>a = q·r for a of [..., m, n] by Householder reflections; r is upper triangular, the columns of q are orthonormal.</summary>
/// <remarks>
/// <para>Packed as [..., m·k + k·n]: q [m, k], then r [k, n], where k is min(m, n), or m when complete. Attributes: complete=[1] or [0].</para>
/// <para>The signs are LAPACK's: a diagonal element of r is negative where the reduced column began with a number ≥ 0 and had more to eliminate.</para>
/// <para>Backward error: ‖q·r - a‖ ≤ c·m·n·ε·‖a‖ column by column, ‖qᵀ·q - i‖ ≤ c·m·n·ε with a small c (Higham 2002, theorem 19.4).</para>
/// </remarks>
public sealed class QrPrimitive : MatrixPrimitive
{
    QrPrimitive()
        : base("Qr")
    {
    }

    /// <summary>The one instance.</summary>
    public static QrPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node x = inputs[0];
        CheckMatrix("Qr", x);
        long k = Inner(x.Shape[^2], x.Shape[^1], attributes);
        return (Packed(x, (x.Shape[^2] * k) + (k * x.Shape[^1])), x.Type);
    }

    /// <inheritdoc/>
    /// <remarks>Walter and Lehmann 2018, "Algorithmic differentiation of linear algebra functions", for full column rank; wide matrices by their leading square block (Roberts and Roberts 2020).</remarks>
    /// <exception cref="NotSupportedException">The decomposition is complete and there are more rows than columns: the added columns of q are arbitrary.</exception>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Shape a = node.Inputs[0].Shape;
        (int m, int n) = (a[^2], a[^1]);
        int k = Inner(m, n, node.Attributes);
        if (k > n)
        {
            throw new NotSupportedException($"Qr: the complete decomposition of {a} has no gradient, because its last {k - n} columns of q are arbitrary. Use the reduced one.");
        }

        Node q = Op.Part(node, 0, [m, k]);
        Node r = Op.Part(node, m * k, [k, n]);
        Node dq = Op.Part(cotangent, 0, [m, k]);
        Node dr = Op.Triu(Op.Part(cotangent, m * k, [k, n]), 0);
        Node inner = Op.Subtract(Op.MatMul(dr, Op.Transpose(r)), Op.MatMul(Op.Transpose(q), dq));
        if (m >= n)
        {
            Node upper = Op.Triu(inner, 0);
            Node symmetric = Op.Add(upper, Op.Transpose(Op.Triu(inner, 1)));
            return [DividedByTransposed(Op.Add(dq, Op.MatMul(q, symmetric)), r)];
        }

        // r = [r₁ r₂] with r₁ square: a' = q·(dr + [tril(s - sᵀ)·r₁⁻ᵀ 0]) with s = -inner.
        Node s = Op.Negate(inner);
        Node skew = Op.Tril(Op.Subtract(s, Op.Transpose(s)), 0);
        Node lead = Op.MatMul(q, DividedByTransposed(skew, Op.Block(r, 0, 0, m, m)));
        Node none = Op.Broadcast(Op.Number(lead, 0), new Shape([.. a.Extents[..^1], n - m]));
        return [Op.Add(Op.MatMul(q, dr), Op.Concat([lead, none], a.Rank - 1))];
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        Shape a = node.Inputs[0].Shape;
        return 4L * a.Size * Math.Min(a[^1], a[^2]);
    }

    internal override int ScratchOf(int rows, int columns, Attributes? attributes)
    {
        int count = Math.Min(rows, columns);
        int inner = Inner(rows, columns, attributes);
        return MatrixView<float>.SizeOf(rows, columns) + MatrixView<float>.SizeOf(count, rows) + MatrixView<float>.SizeOf(count, Householder.Block) + count + BlockReflection.Scratch(Math.Max(inner, columns));
    }

    internal override void Compute<T>(MatrixTask<T> task)
    {
        (int m, int n) = (task.Rows, task.Columns);
        int k = Inner(m, n, task.Attributes);
        int count = Math.Min(m, n);
        Span<T> scratch = task.Scratch;
        MatrixView<T> a = MatrixView<T>.Take(ref scratch, m, n);
        MatrixView<T> v = MatrixView<T>.Take(ref scratch, count, m);
        MatrixView<T> t = MatrixView<T>.Take(ref scratch, count, Householder.Block);
        Span<T> tau = scratch[..count];
        scratch = scratch[count..];
        for (int i = 0; i < m; i++)
        {
            task.A.Slice(i * n, n).CopyTo(a.Row(i));
        }

        Householder.Factor(task.Steps, a, v, t, tau, scratch);
        Span<T> q = task.Result[..(m * k)];
        RowSteps.Identity(q, m, k);
        Householder.ApplyQ(task.Steps, v, t, 0, new MatrixView<T>(q, m, k, k), triangular: true, scratch);
        Span<T> r = task.Result[(m * k)..];
        r.Clear();
        for (int i = 0; i < count; i++)
        {
            a.Row(i, i).CopyTo(r[((i * n) + i)..]);
        }
    }

    /// <summary>The inner extent of q·r.</summary>
    public static int Inner(int rows, int columns, Attributes? attributes) => ((Axes)attributes!).Values[0] == 1 ? rows : Math.Min(rows, columns);

    // x·r⁻ᵀ
    static Node DividedByTransposed(Node x, Node r) => Op.Transpose(Op.TriangularSolve(r, Op.Transpose(x), lower: false, transposed: false));
}
