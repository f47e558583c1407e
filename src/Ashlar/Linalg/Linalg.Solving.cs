using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Systems of equations.</content>
public static partial class Linalg
{
    /// <summary>x with a·x = b, by LU with partial pivoting.</summary>
    /// <remarks>An exactly singular matrix gives NaN throughout its x. Backward stable: (a + e)·x = b with ‖e‖ a small multiple of n·ε·‖a‖ (Higham 2002, theorem 9.4, for bounded growth).</remarks>
    /// <param name="a">[..., n, n].</param>
    /// <param name="b">[n], one vector for all matrices, or [..., n, k]; batch axes broadcast.</param>
    /// <returns>[..., n] for a vector b, else [..., n, k].</returns>
    /// <exception cref="ShapeException">a is no square matrix, or b has another number of rows.</exception>
    public static Tensor Solve(Tensor a, Tensor b)
    {
        if (a.DType.IsComplex || b.DType.IsComplex)
        {
            Tensor pairs = Solve(AsReal(a, "Solve"), Tensor.Concat([b.Real, b.Imag], b.Rank == 1 ? 0 : b.Rank - 2));
            return OfReal(pairs, b.Rank == 1 ? -1 : -2);
        }

        (Node left, Node right) = Floating(a, b, "Solve");
        (Node matrix, Node sides, Func<Node, Tensor> asAsked) = System(Square(left, "Solve"), right, "Solve");
        return asAsked(Op.Solve(matrix, sides));
    }

    /// <summary>x with a·x = b for a triangular a, by substitution.</summary>
    /// <remarks>The other triangle is not read. A zero on the diagonal gives NaN throughout that matrix's x.</remarks>
    /// <param name="a">[..., n, n].</param>
    /// <param name="b">[n], one vector for all matrices, or [..., n, k]; batch axes broadcast.</param>
    /// <param name="upper">Whether the upper triangle is the matrix, else the lower.</param>
    /// <param name="transposed">Whether aᵀ·x = b is solved; the triangle is named before transposing.</param>
    /// <param name="unitDiagonal">Whether the diagonal counts as ones and is not read.</param>
    /// <returns>[..., n] for a vector b, else [..., n, k].</returns>
    /// <exception cref="ShapeException">a is no square matrix, or b has another number of rows.</exception>
    public static Tensor SolveTriangular(Tensor a, Tensor b, bool upper = false, bool transposed = false, bool unitDiagonal = false)
    {
        (Node left, Node right) = Floating(a, b, "SolveTriangular");
        (Node matrix, Node sides, Func<Node, Tensor> asAsked) = System(Square(left, "SolveTriangular"), right, "SolveTriangular");
        return asAsked(Op.TriangularSolve(matrix, sides, !upper, transposed, unitDiagonal));
    }

    /// <summary>x with a·x = b, where a = L·Lᵀ was decomposed by <see cref="Cholesky"/>.</summary>
    /// <param name="factor">L [..., n, n], or Lᵀ.</param>
    /// <param name="b">[n], one vector for all matrices, or [..., n, k]; batch axes broadcast.</param>
    /// <param name="upper">Whether the factor is Lᵀ.</param>
    /// <returns>[..., n] for a vector b, else [..., n, k].</returns>
    /// <exception cref="ShapeException">The factor is no square matrix, or b has another number of rows.</exception>
    public static Tensor CholeskySolve(Tensor factor, Tensor b, bool upper = false)
    {
        (Node left, Node right) = Floating(factor, b, "CholeskySolve");
        (Node matrix, Node sides, Func<Node, Tensor> asAsked) = System(Square(left, "CholeskySolve"), right, "CholeskySolve");
        Node half = Op.TriangularSolve(matrix, sides, !upper, transposed: upper);
        return asAsked(Op.TriangularSolve(matrix, half, !upper, transposed: !upper));
    }

    /// <summary>The inverse, [..., n, n]; NaN where a matrix is exactly singular. To solve equations use <see cref="Solve"/>: it is cheaper and more accurate.</summary>
    /// <param name="x">[..., n, n].</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor Inv(Tensor x)
    {
        if (x.DType.IsComplex)
        {
            return OfReal(Inv(AsReal(x, "Inv")).Slice(-1, 0, x.Shape[^1]), -2);
        }

        Node a = Square(Floating(x, "Inv"), "Inv");
        return new Tensor(Op.Solve(a, Op.Broadcast(Op.Identity(a.Shape[^1], a.Type), a.Shape)));
    }

    /// <summary>The Moore-Penrose inverse, [..., n, m], by singular values.</summary>
    /// <remarks>The gradient holds for constant rank (Golub and Pereyra 1973).</remarks>
    /// <param name="x">[..., m, n].</param>
    /// <param name="tolerance">Singular values up to this times the largest count as zero; null is max(m, n)·ε of the dtype.</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static Tensor Pinv(Tensor x, double? tolerance = null)
    {
        Node a = Matrix(Floating(x, "Pinv"), "Pinv");
        return new Tensor(Op.PseudoInverse(a, tolerance ?? Tolerance(a)));
    }

    /// <summary>The x of least norm among those that make ‖a·x - b‖ least, by singular values.</summary>
    /// <param name="a">[..., m, n], of any rank.</param>
    /// <param name="b">[m], one vector for all matrices, or [..., m, k]; batch axes broadcast.</param>
    /// <param name="tolerance">Singular values up to this times the largest count as zero; null is max(m, n)·ε of the dtype.</param>
    /// <returns>x [..., n] or [..., n, k]; the squared residuals Σ(a·x - b)² over the rows, [...] or [..., k]; the rank [...] int64; the singular values [..., min(m, n)]. What is not read is not computed.</returns>
    /// <exception cref="ShapeException">a is no matrix, or b has another number of rows.</exception>
    public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) LstSq(Tensor a, Tensor b, double? tolerance = null)
    {
        (Node left, Node right) = Floating(a, b, "LstSq");
        double zero = tolerance ?? Tolerance(Matrix(left, "LstSq"));
        (Node matrix, Node sides, Func<Node, Tensor> asAsked) = System(left, right, "LstSq");
        Node x = Op.MatMul(Op.PseudoInverse(matrix, zero), sides);
        Node error = Op.Subtract(Op.MatMul(matrix, x), sides);
        Tensor squares = asAsked(Op.Multiply(error, error));
        return (asAsked(x), squares.Sum([b.Rank == 1 ? -1 : -2]), MatrixRank(new Tensor(left), zero), SvdVals(new Tensor(left)));
    }

    // A complex matrix as the real one that acts on real parts over imaginary parts: [re -im; im re].
    static Tensor AsReal(Tensor x, string operation)
    {
        Tensor re = new(Square(x.Real.Node, operation));
        return Tensor.Concat([Tensor.Concat([re, -x.Imag], re.Rank - 1), Tensor.Concat([x.Imag, re], re.Rank - 1)], re.Rank - 2);
    }

    static Tensor OfReal(Tensor x, int axis)
    {
        int half = x.Shape[x.Shape.Axis(axis, "Solve")] / 2;
        return Tensor.Complex(x.Slice(axis, 0, half), x.Slice(axis, half, half));
    }

    static double Tolerance(Node a) => Math.Max(a.Shape[^1], a.Shape[^2]) * Epsilon(a.Type);
}
