using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <summary>Linear algebra on dense matrices: the last two axes are a matrix, all axes before them a batch. The functions are those of the Array API's extension and what SciPy and PyTorch add.</summary>
/// <remarks>
/// <para>Computed in float32 or float64, the tensor's own; integers, bool and half floats count as float32. Of complex tensors there are products, Solve and Inv. A batch has, matrix by matrix, the bits of each matrix alone.</para>
/// <para>Nothing throws for the numbers in a matrix: one without a result (singular, not positive definite, not finite) gives NaN in its place, and its neighbours are untouched.
/// Shapes and dtypes are checked where the operation is written. Everything has gradients of every order, within what each function says.</para>
/// </remarks>
public static partial class Linalg
{
    static Node Floating(Tensor x, string operation) => x.DType.IsComplex
        ? throw ComplexParts.Refusal(operation, x)
        : Op.Cast(x.Node, x.DType is DType.Float32 or DType.Float64 ? x.DType : DType.Float32);

    static (Node A, Node B) Floating(Tensor a, Tensor b, string operation)
    {
        (Node left, Node right) = (Floating(a, operation), Floating(b, operation));
        DType type = DTypeFacts.Promote(left.Type, right.Type);
        return (Op.Cast(left, type), Op.Cast(right, type));
    }

    static Node Matrix(Node x, string operation) => x.Shape.Rank >= 2
        ? x
        : throw new ShapeException($"{operation}: {x.Shape} is no matrix. Give at least two axes: [..., rows, columns].");

    static Node Square(Node x, string operation) => Matrix(x, operation).Shape[^1] == x.Shape[^2]
        ? x
        : throw new ShapeException($"{operation}: {x.Shape} is no square matrix ({x.Shape[^2]} rows, {x.Shape[^1]} columns). Give [..., n, n].");

    static Node Batch(Node x, Shape batch) => Op.Broadcast(x, new Shape([.. batch, .. x.Shape.Extents[^2..]]));

    // Both with one batch, b as columns, and the way back to the shape that b asks for. Where one matrix meets a batch, the batch becomes columns, so that the matrix is decomposed once.
    static (Node A, Node B, Func<Node, Tensor> AsAsked) System(Node a, Node b, string operation)
    {
        if (b.Shape.Rank == 0 || b.Shape[b.Shape.Rank == 1 ? 0 : ^2] != a.Shape[^2])
        {
            throw new ShapeException($"{operation}: {a.Shape} does not fit right-hand sides {b.Shape}. Give as many rows as the matrix has: [{a.Shape[^2]}] or [..., {a.Shape[^2]}, k].");
        }

        if (b.Shape.Rank == 1)
        {
            Node column = Op.Reshape(b, [b.Shape[0], 1]);
            return (a, Batch(column, new Shape(a.Shape.Extents[..^2])), x => new Tensor(Op.Reshape(x, x.Shape.Extents[..^1])));
        }

        if (a.Shape.Rank == 2 && b.Shape.Rank > 2)
        {
            int rows = b.Shape.Rank - 2;
            int[] others = [.. Enumerable.Range(0, rows), rows + 1];
            int[] extents = [.. others.Select(axis => b.Shape[axis])];
            Node columns = Op.Reshape(Op.Permute(b, [rows, .. others]), [b.Shape[rows], new Shape(extents).Size]);
            int[] back = [.. Enumerable.Range(1, rows), 0, rows + 1];
            return (a, columns, x => new Tensor(Op.Permute(Op.Reshape(x, [x.Shape[0], .. extents]), back)));
        }

        Shape batch = Shape.Broadcast(new Shape(a.Shape.Extents[..^2]), new Shape(b.Shape.Extents[..^2]), operation);
        return (Batch(a, batch), Batch(b, batch), x => new Tensor(x));
    }

    static double Epsilon(DType type) => type == DType.Float64 ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1;
}
