using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Products; those of the main namespace are methods of <see cref="Tensor"/>: MatMul, MatrixTranspose, TensorDot, VecDot, Einsum.</content>
public static partial class Linalg
{
    /// <summary>Every element of a times every element of b, [n, m] for vectors [n] and [m].</summary>
    /// <exception cref="ShapeException">One is no vector.</exception>
    public static Tensor Outer(Tensor a, Tensor b) => a.Rank == 1 && b.Rank == 1
        ? a.Unsqueeze(1) * b
        : throw new ShapeException($"Outer: {a.Shape} and {b.Shape} are not both vectors. Flatten them, or use TensorDot with no axes.");

    /// <summary>The cross product of vectors of three elements along an axis; the others broadcast.</summary>
    /// <param name="a">Three elements along the axis.</param>
    /// <param name="b">Three elements along the axis.</param>
    /// <param name="axis">Counted in the operand of lower rank, negative from the back.</param>
    /// <exception cref="ShapeException">An extent is not 3, or the shapes do not broadcast.</exception>
    public static Tensor Cross(Tensor a, Tensor b, int axis = -1)
    {
        int back = axis < 0 ? axis : axis - Math.Min(a.Rank, b.Rank);
        if (a.Shape[a.Shape.Axis(back, "Cross")] != 3 || b.Shape[b.Shape.Axis(back, "Cross")] != 3)
        {
            throw new ShapeException($"Cross: {a.Shape} and {b.Shape} have not 3 elements along axis {axis}. Name the axis that has.");
        }

        return (Turned(a, 1) * Turned(b, 2)) - (Turned(a, 2) * Turned(b, 1));

        // The elements 1, 2, 0 or 2, 0, 1 along the axis.
        Tensor Turned(Tensor x, int first) => Tensor.Concat([x.Slice(back, first, 3 - first), x.Slice(back, 0, first)], x.Shape.Axis(back, "Cross"));
    }

    /// <summary>The Kronecker product: each element of a replaced by itself times b. Extents multiply; the operand of lower rank gets leading axes of extent 1.</summary>
    public static Tensor Kron(Tensor a, Tensor b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] left = [.. Op.Ones(rank - a.Rank), .. a.Shape];
        int[] right = [.. Op.Ones(rank - b.Rank), .. b.Shape];
        int[] spreadLeft = [.. left.SelectMany(extent => new[] { extent, 1 })];
        int[] spreadRight = [.. right.SelectMany(extent => new[] { 1, extent })];
        return (a.Reshape(spreadLeft) * b.Reshape(spreadRight)).Reshape([.. left.Zip(right, (x, y) => x * y)]);
    }

    /// <summary>The product of several matrices in the order of least cost (dynamic programming); the first and the last may be vectors.</summary>
    /// <param name="factors">At least one; [m, n] each, inner extents equal.</param>
    /// <exception cref="ShapeException">There is none, one is no matrix, or inner extents differ.</exception>
    public static Tensor MultiDot(params ReadOnlySpan<Tensor> factors)
    {
        int count = factors.Length;
        var extents = new long[count + 1];
        for (int i = 0; i < count; i++)
        {
            Shape shape = factors[i].Shape;
            if (shape.Rank != 2 && !(shape.Rank == 1 && (i == 0 || i == count - 1)))
            {
                throw new ShapeException($"MultiDot: factor {i} is {shape}, no matrix. Give matrices, and vectors only first or last.");
            }

            extents[i] = shape.Rank == 2 || (i > 0 && i == count - 1) ? shape[0] : 1;
            extents[i + 1] = i == 0 || shape.Rank == 2 ? shape[^1] : 1;
        }

        if (count == 0)
        {
            throw new ShapeException("MultiDot: there are no factors. Give at least one.");
        }

        // cost[i, j] is the least number of multiplications for factors i … j, cut[i, j] where that product is split.
        var cost = new double[count, count];
        var cut = new int[count, count];
        for (int length = 1; length < count; length++)
        {
            for (int i = 0; i + length < count; i++)
            {
                int j = i + length;
                cost[i, j] = double.PositiveInfinity;
                for (int k = i; k < j; k++)
                {
                    double whole = cost[i, k] + cost[k + 1, j] + ((double)extents[i] * extents[k + 1] * extents[j + 1]);
                    (cost[i, j], cut[i, j]) = whole < cost[i, j] ? (whole, k) : (cost[i, j], cut[i, j]);
                }
            }
        }

        return Product(factors, cut, 0, count - 1);
    }

    /// <summary>The n-th power of square matrices by repeated squaring; the identity for 0, powers of the inverse for negative n.</summary>
    /// <param name="x">[..., n, n].</param>
    /// <param name="power">Any whole number.</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor MatrixPower(Tensor x, int power)
    {
        Node a = Square(x.Node, "MatrixPower");
        if (power == 0)
        {
            return new Tensor(Op.Broadcast(Op.Identity(a.Shape[^1], a.Type), a.Shape));
        }

        Tensor square = power < 0 ? Inv(x) : x;
        Tensor? result = null;
        for (uint left = (uint)Math.Abs((long)power); ; left >>= 1)
        {
            result = (left & 1) == 0 ? result : result?.MatMul(square) ?? square;
            if (left == 1)
            {
                return result!;
            }

            square = square.MatMul(square);
        }
    }

    /// <summary>The matrix exponential Σ xᵏ / k! by scaling and squaring (Higham 2005).</summary>
    /// <param name="x">[..., n, n].</param>
    /// <exception cref="ShapeException">x is no square matrix.</exception>
    public static Tensor MatrixExp(Tensor x) => new(Op.MatrixExp(Square(Floating(x, "MatrixExp"), "MatrixExp")));

    static Tensor Product(ReadOnlySpan<Tensor> factors, int[,] cut, int first, int last) => first == last
        ? factors[first]
        : Product(factors, cut, first, cut[first, last]).MatMul(Product(factors, cut, cut[first, last] + 1, last));
}
