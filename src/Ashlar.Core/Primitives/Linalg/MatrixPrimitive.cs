using System.Numerics;
using System.Runtime.InteropServices;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>A decomposition or solution of matrices: the last two axes are the matrix, all axes before them count independent matrices.</summary>
/// <remarks>
/// <para>The definition is <see cref="Compute"/> with <see cref="MatrixSteps{T}.Definition"/>: scalar code in a fixed order for one matrix. Kernels of the library replace its steps, or all of it, by code of the same bits.</para>
/// <para>Where a matrix has no result (singular, not positive definite, not finite) all of that matrix's result is NaN and the others are untouched.</para>
/// </remarks>
public abstract class MatrixPrimitive : Primitive
{
    /// <param name="name">As in explanations and messages.</param>
    protected MatrixPrimitive(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        new(this, Batching.BatchAll(inputs, batched), node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var batch = new MatrixBatch(node);
        ReadOnlySpan<byte> b = inputs.Length > 1 ? inputs[1].Bytes : [];
        if (node.Type == DType.Float32)
        {
            Each<float>(batch, node.Attributes, inputs[0].Bytes, b, result.Bytes);
        }
        else
        {
            Each<double>(batch, node.Attributes, inputs[0].Bytes, b, result.Bytes);
        }
    }

    /// <summary>Elements of working memory for one matrix.</summary>
    internal virtual int ScratchOf(int rows, int columns, Attributes? attributes) => 0;

    /// <summary>The definition for one matrix. Writes all of the result.</summary>
    internal abstract void Compute<T>(MatrixTask<T> task)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private protected static void CheckMatrix(string operation, Node x)
    {
        if (x.Type is not (DType.Float32 or DType.Float64))
        {
            throw new DTypeException($"{operation}: {x.Type.Name} has no decompositions. Cast to float32 or float64.");
        }

        if (x.Shape.Rank < 2)
        {
            throw new ShapeException($"{operation}: {x.Shape} is no matrix. Give at least two axes: [..., rows, columns].");
        }
    }

    private protected static void CheckSquare(string operation, Node x)
    {
        CheckMatrix(operation, x);
        if (x.Shape[^1] != x.Shape[^2])
        {
            throw new ShapeException($"{operation}: {x.Shape} is no square matrix ({x.Shape[^2]} rows, {x.Shape[^1]} columns). Give [..., n, n].");
        }
    }

    private protected static void CheckRightSide(string operation, Node a, Node b)
    {
        if (a.Type != b.Type)
        {
            throw new DTypeException($"{operation}: {a.Type.Name} and {b.Type.Name} differ. Cast both to one of float32 or float64.");
        }

        if (b.Shape.Rank != a.Shape.Rank || !b.Shape.Extents[..^1].SequenceEqual(a.Shape.Extents[..^1]))
        {
            throw new ShapeException($"{operation}: {a.Shape} does not fit right-hand sides {b.Shape}. Give [..., n, n] and [..., n, k] with equal leading axes.");
        }
    }

    /// <summary>The shape of a result that is one packed axis for each matrix.</summary>
    private protected static Shape Packed(Node x, long count) => count <= int.MaxValue
        ? new Shape([.. x.Shape.Extents[..^2], (int)count])
        : throw new ShapeException($"matrix: the results of one matrix of {x.Shape} are {count} numbers. Give a smaller matrix.");

    private protected static long Matrices(Node x) => new Shape(x.Shape.Extents[..^2]).Size;

    void Each<T>(MatrixBatch batch, Attributes? attributes, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scratch = new T[ScratchOf(batch.Rows, batch.Columns, attributes)];
        for (int i = 0; i < batch.Count; i++)
        {
            Compute(batch.Task(i, attributes, MemoryMarshal.Cast<byte, T>(a), MemoryMarshal.Cast<byte, T>(b), MemoryMarshal.Cast<byte, T>(result), scratch, MatrixSteps<T>.Definition));
        }
    }
}
