using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>The lower triangular l with l·lᵀ = (a + aᵀ) / 2 and a positive diagonal; zeros above the diagonal.</summary>
/// <remarks>
/// <para>Row by row: lᵢⱼ starts at the symmetric part's element, takes one fused multiply-add for each k &lt; j in order, and is divided by lⱼⱼ; the diagonal takes the root.</para>
/// <para>Backward error: |l·lᵀ - a| ≤ (n + 1)·ε·|l|·|lᵀ| (Higham 2002, theorem 10.3). A matrix that is not positive definite gives NaN throughout.</para>
/// </remarks>
public sealed class CholeskyPrimitive : MatrixPrimitive
{
    CholeskyPrimitive()
        : base("Cholesky")
    {
    }

    /// <summary>The one instance.</summary>
    public static CholeskyPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        CheckSquare("Cholesky", inputs[0]);
        return (inputs[0].Shape, inputs[0].Type);
    }

    /// <inheritdoc/>
    /// <remarks>Murray 2016, "Differentiation of the Cholesky decomposition", equation 10: S = L⁻ᵀ·Φ(Lᵀ·dL)·L⁻¹, where Φ keeps the lower triangle and halves the diagonal.</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Node inner = Op.MatMul(Op.Transpose(node), Op.Tril(cotangent, 0));
        Node phi = Op.Multiply(Op.Add(Op.Tril(inner, 0), Op.Tril(inner, -1)), Op.Number(inner, 0.5));
        Node left = Op.TriangularSolve(node, phi, lower: true, transposed: true);
        Node both = Op.TriangularSolve(node, Op.Transpose(left), lower: true, transposed: true);
        return [Op.SymmetricPart(both)];
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => (long)node.Shape.Size * node.Shape[^1] / 3;

    internal override void Compute<T>(MatrixTask<T> task)
    {
        ReadOnlySpan<T> a = task.A;
        Span<T> l = task.Result;
        int n = task.Rows;
        T half = RowSteps.Number<T>(0.5);
        l.Clear();
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<T> rowI = l.Slice(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<T> rowJ = l.Slice(j * n, n);
                T sum = (half * a[(i * n) + j]) + (half * a[(j * n) + i]);
                for (int k = 0; k < j; k++)
                {
                    sum = T.FusedMultiplyAdd(-rowI[k], rowJ[k], sum);
                }

                if (j < i)
                {
                    l[(i * n) + j] = sum / rowJ[j];
                }
                else if (sum > T.Zero && T.IsFinite(sum))
                {
                    l[(i * n) + i] = T.Sqrt(sum);
                }
                else
                {
                    l.Fill(T.NaN);
                    return;
                }
            }
        }
    }
}
