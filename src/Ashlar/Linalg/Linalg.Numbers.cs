using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar;

/// <content>Numbers that belong to a matrix.</content>
public static partial class Linalg
{
    /// <summary>The determinant, [...]; 0 for a singular matrix, 1 for 0 x 0. By LU; use <see cref="SlogDet"/> where it could overflow.</summary>
    /// <remarks>At an exactly singular matrix the gradient is NaN.</remarks>
    /// <param name="x">[..., n, n].</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor Det(Tensor x)
    {
        (Node diagonal, Node sign) = Pivots(x, "Det");
        return new Tensor(Op.Multiply(sign, Op.Reduce(diagonal, ReduceKind.Prod, [diagonal.Shape.Rank - 1])));
    }

    /// <summary>The sign of the determinant, -1, 0 or 1, and the logarithm of its magnitude, -∞ for a singular matrix; both [...].</summary>
    /// <param name="x">[..., n, n].</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static (Tensor Sign, Tensor LogAbsDet) SlogDet(Tensor x)
    {
        (Node diagonal, Node sign) = Pivots(x, "SlogDet");
        int[] last = [diagonal.Shape.Rank - 1];
        Node log = Op.Sum(Op.Log(Op.Unary(ArithmeticMaps.Abs, diagonal)), last);
        return (new(Op.Multiply(Op.StopGradient(sign), Op.Reduce(Op.Sign(diagonal), ReduceKind.Prod, last))), new(log));
    }

    /// <summary>The sum of a diagonal, [...].</summary>
    /// <param name="x">[..., m, n] of numbers.</param>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static Tensor Trace(Tensor x, int offset = 0) => x.Diagonal(offset).Sum([-1]);

    /// <summary>The number of singular values above the tolerance, [...], int64.</summary>
    /// <param name="x">[..., m, n].</param>
    /// <param name="tolerance">Relative to the largest singular value; null is max(m, n)·ε of the dtype.</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static Tensor MatrixRank(Tensor x, double? tolerance = null)
    {
        Node a = Matrix(Floating(x, "MatrixRank"), "MatrixRank");
        Tensor values = SvdVals(x);
        if (values.Shape[^1] == 0)
        {
            return Tensor.Zeros(new Shape(a.Shape.Extents[..^2]), DType.Int64);
        }

        return (values > values.Slice(-1, 0, 1) * (tolerance ?? Tolerance(a))).To(DType.Int64).Sum([-1]);
    }

    /// <summary>The condition number, [...]: norm times norm of the inverse; ∞ or NaN for a singular matrix.</summary>
    /// <param name="x">[..., m, n] in the 2-norms, else [..., n, n].</param>
    /// <param name="kind">The norm; by the ratio of singular values for Two and MinusTwo.</param>
    /// <exception cref="ShapeException">x is no matrix, or not square where an inverse is needed, or has no elements.</exception>
    public static Tensor Cond(Tensor x, MatrixNormKind kind = MatrixNormKind.Two)
    {
        if (Matrix(x.Node, "Cond").Shape[^1] == 0 || x.Shape[^2] == 0)
        {
            throw new ShapeException($"Cond: {x.Shape} has no elements, so no condition. Give at least one row and column.");
        }

        if (kind is MatrixNormKind.Two or MatrixNormKind.MinusTwo)
        {
            Tensor values = SvdVals(x);
            Tensor largest = values.Slice(-1, 0, 1).Squeeze(-1);
            Tensor least = values.Slice(-1, values.Shape[^1] - 1, 1).Squeeze(-1);
            return kind == MatrixNormKind.Two ? largest / least : least / largest;
        }

        return MatrixNorm(x, kind) * MatrixNorm(Inv(x), kind);
    }

    // The diagonal of u and the sign of the permutation.
    static (Node Diagonal, Node Sign) Pivots(Tensor x, string operation)
    {
        Node a = Square(Floating(x, operation), operation);
        int n = a.Shape[^1];
        Node packed = Op.Lu(a);
        return (Op.Diagonal(Op.Part(packed, 0, [n, n])), Op.Part(packed, (n * n) + n, []));
    }
}
