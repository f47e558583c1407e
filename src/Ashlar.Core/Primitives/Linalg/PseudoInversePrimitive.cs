using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>The Moore-Penrose inverse [..., n, m] of a [..., m, n] by its singular value decomposition; singular values up to a tolerance times the largest count as zero.</summary>
/// <remarks>Element (i, j) is the sum over the singular values, largest first, of (vᵢ / s)·uⱼ by fused multiply-adds. A matrix with NaN or infinity gives NaN throughout.</remarks>
public sealed class PseudoInversePrimitive : MatrixPrimitive
{
    PseudoInversePrimitive()
        : base("PseudoInverse")
    {
    }

    /// <summary>The one instance.</summary>
    public static PseudoInversePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Shape x = inputs[0].Shape;
        CheckMatrix("PseudoInverse", inputs[0]);
        return (new Shape([.. x.Extents[..^2], x[^1], x[^2]]), inputs[0].Type);
    }

    /// <inheritdoc/>
    /// <remarks>Golub and Pereyra 1973, theorem 4.3, for constant rank: with p the result and g its cotangent,
    /// a' = -pᵀ·g·pᵀ + (i - a·p)·gᵀ·p·pᵀ + pᵀ·p·gᵀ·(i - p·a).</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Node a = node.Inputs[0];
        Node pt = Op.Transpose(node);
        Node gt = Op.Transpose(cotangent);
        Node inside = Op.MatMul(Op.MatMul(pt, cotangent), pt);
        Node right = Op.MatMul(Op.MatMul(gt, node), pt);
        Node left = Op.MatMul(Op.MatMul(pt, node), gt);
        Node beyondRows = Op.Subtract(right, Op.MatMul(a, Op.MatMul(node, right)));
        Node beyondColumns = Op.Subtract(left, Op.MatMul(Op.MatMul(left, node), a));
        return [Op.Subtract(Op.Add(beyondRows, beyondColumns), inside)];
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 24L * node.Shape.Size * Math.Min(node.Shape[^1], node.Shape[^2]);

    internal override int ScratchOf(int rows, int columns, Attributes? attributes)
    {
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        return (m * n) + n + (n * n) + SvdPrimitive.Scratch(m, n, n);
    }

    internal override void Compute<T>(MatrixTask<T> task)
    {
        (int rows, int columns) = (task.Rows, task.Columns);
        (int m, int n) = (Math.Max(rows, columns), Math.Min(rows, columns));
        var far = new MatrixView<T>(task.Scratch[..(m * n)], m, n, n);
        Span<T> s = task.Scratch.Slice(m * n, n);
        var near = new MatrixView<T>(task.Scratch.Slice((m * n) + n, n * n), n, n, n);
        if (!SvdPrimitive.Decompose(task.Steps, task.A, rows, columns, far, s, near, task.Scratch[((m * n) + n + (n * n))..]))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        T floor = n == 0 ? T.Zero : s[0] * RowSteps.Number<T>(((ToleranceAttributes)task.Attributes!).Relative);
        int rank = 0;
        for (; rank < n && s[rank] > floor; rank++)
        {
            RowSteps.Divide(near.Row(rank), s[rank]);
        }

        // v·s⁻¹·uᵀ of the matrix that is not wide, [n, m].
        task.Result.Clear();
        var result = new MatrixView<T>(task.Result, columns, rows, rows);
        task.Steps.Multiply(rows >= columns ? result : result.Transposed, near.Block(0, 0, rank, n).Transposed, far.Block(0, 0, m, rank).Transposed);
    }
}
