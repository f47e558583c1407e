using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Linalg;

namespace Ashlar;

/// <content>Decompositions.</content>
public static partial class Linalg
{
    /// <summary>The lower triangular L with L·Lᵀ = x, [..., n, n], or the upper Lᵀ.</summary>
    /// <remarks>Of x its symmetric part (x + xᵀ) / 2 is taken, as in JAX, so the gradient is symmetric. Not positive definite: NaN. |L·Lᵀ - x| ≤ (n + 1)·ε·|L|·|Lᵀ|.</remarks>
    /// <param name="x">[..., n, n], symmetric positive definite.</param>
    /// <param name="upper">Whether to give Lᵀ.</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor Cholesky(Tensor x, bool upper = false)
    {
        Node lower = Op.Cholesky(Square(Floating(x, "Cholesky"), "Cholesky"));
        return new Tensor(upper ? Op.Transpose(lower) : lower);
    }

    /// <summary>x[rows] = L·U with partial pivoting: rows [..., m] int32, L [..., m, k] with ones on the diagonal, U [..., k, n], k = min(m, n).</summary>
    /// <remarks>A singular matrix has its decomposition too: U then has a zero on the diagonal. |L·U - x[rows]| ≤ k·ε·|L|·|U|.</remarks>
    /// <param name="x">[..., m, n].</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static (Tensor Rows, Tensor L, Tensor U) Lu(Tensor x)
    {
        Node a = Matrix(Floating(x, "Lu"), "Lu");
        (int m, int n) = (a.Shape[^2], a.Shape[^1]);
        int k = Math.Min(m, n);
        Node packed = Op.Lu(a);
        Node both = Op.Part(packed, 0, [m, n]);
        Node ones = Op.Cast(Op.Equal(Op.Iota(new Shape(m, k), 0), Op.Iota(new Shape(m, k), 1)), a.Type);
        return (new(Op.Rows(packed, m, n)), new(Op.Add(Op.Tril(Op.Block(both, 0, 0, m, k), -1), ones)), new(Op.Triu(Op.Block(both, 0, 0, k, n), 0)));
    }

    /// <summary>x = Q·R by Householder reflections: Q [..., m, k] with orthonormal columns, R [..., k, n] upper triangular, k = min(m, n), or m when complete.</summary>
    /// <remarks>The signs of R's diagonal are LAPACK's. The gradient asks for independent columns (of a wide matrix: of its leading square block) and is not defined for complete with m &gt; n.</remarks>
    /// <param name="x">[..., m, n].</param>
    /// <param name="complete">Whether Q is square, [..., m, m].</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static (Tensor Q, Tensor R) Qr(Tensor x, bool complete = false)
    {
        Node a = Matrix(Floating(x, "Qr"), "Qr");
        (int m, int n) = (a.Shape[^2], a.Shape[^1]);
        int k = complete ? m : Math.Min(m, n);
        Node packed = Op.Qr(a, complete);
        return (new(Op.Part(packed, 0, [m, k])), new(Op.Part(packed, m * k, [k, n])));
    }

    /// <summary>Eigenvalues, ascending [..., n], and orthonormal eigenvectors as columns [..., n, n] of a symmetric matrix.</summary>
    /// <remarks>Of x its symmetric part (x + xᵀ) / 2 is taken. The element of largest magnitude of each eigenvector is positive.
    /// ‖V·diag(w)·Vᵀ - x‖ is a small multiple of n·ε·‖x‖. Between equal eigenvalues the gradient treats the choice of eigenvectors as fixed, so it is right for whatever does not depend on it.</remarks>
    /// <param name="x">[..., n, n], symmetric.</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static (Tensor Eigenvalues, Tensor Eigenvectors) Eigh(Tensor x)
    {
        Node a = Square(Floating(x, "Eigh"), "Eigh");
        int n = a.Shape[^1];
        Node packed = Op.Eigh(a);
        return (new(Op.Part(packed, 0, [n])), new(Op.Part(packed, n, [n, n])));
    }

    /// <summary>The eigenvalues of a symmetric matrix, ascending [..., n].</summary>
    /// <param name="x">[..., n, n], symmetric.</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor EigValsh(Tensor x) => Eigh(x).Eigenvalues;

    /// <summary>Eigenvalues [..., n] and eigenvectors as columns [..., n, n] of a general matrix, complex: x·V = V·diag(w).</summary>
    /// <remarks>Conjugate pairs stand together, the positive imaginary part first; a real eigenvalue has imaginary part 0. Each eigenvector has length 1 and its element of largest magnitude, the first of equals, real and positive.
    /// The eigenvalues are those of a matrix within a small multiple of n·ε·‖x‖; those of defective matrices move by roots of that. The gradient holds length and phase of the vectors and asks for separate eigenvalues.</remarks>
    /// <param name="x">[..., n, n], real.</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static (Tensor Eigenvalues, Tensor Eigenvectors) Eig(Tensor x)
    {
        Node a = Square(Floating(x, "Eig"), "Eig");
        int n = a.Shape[^1];
        Node packed = Op.Eig(a);
        return (Complex(0, [n]), Complex(2 * n, [n, n]));

        Tensor Complex(int start, int[] extents) =>
            Tensor.Complex(new(Op.Part(packed, start, extents)), new(Op.Part(packed, start + new Shape(extents).Size, extents)));
    }

    /// <summary>The eigenvalues of a general matrix, complex [..., n]; conjugate pairs stand together.</summary>
    /// <param name="x">[..., n, n], real.</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor EigVals(Tensor x) => Eig(x).Eigenvalues;

    /// <summary>x = U·diag(S)·Vh: singular values [..., k] falling, k = min(m, n), and the orthonormal columns of U and rows of Vh.</summary>
    /// <remarks>The element of largest magnitude of each column of U (of V, where m &lt; n) is positive. ‖U·diag(S)·Vh - x‖ is a small multiple of n·ε·‖x‖.
    /// The gradient of U and Vh is not defined for full matrices that are not square, and between equal singular values it is right only for what does not depend on the choice of the vectors.</remarks>
    /// <param name="x">[..., m, n].</param>
    /// <param name="fullMatrices">Whether U is [..., m, m] and Vh [..., n, n], as the Array API's default, or [..., m, k] and [..., k, n].</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static (Tensor U, Tensor S, Tensor Vh) Svd(Tensor x, bool fullMatrices = true)
    {
        Node a = Matrix(Floating(x, "Svd"), "Svd");
        (int m, int n) = (a.Shape[^2], a.Shape[^1]);
        int k = Math.Min(m, n);
        Node packed = Op.Svd(a, fullMatrices);
        (int p, int q) = SvdPrimitive.Widths(m, n, packed.Attributes);
        return (new(Op.Part(packed, 0, [m, p])), new(Op.Part(packed, m * p, [k])), new(Op.Part(packed, (m * p) + k, [q, n])));
    }

    /// <summary>The singular values, falling [..., min(m, n)].</summary>
    /// <param name="x">[..., m, n].</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static Tensor SvdVals(Tensor x) => Svd(x, fullMatrices: false).S;
}
