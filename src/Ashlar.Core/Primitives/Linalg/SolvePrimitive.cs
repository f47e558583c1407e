using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>x with a·x = b for regular matrices a [..., n, n] and b [..., n, k].</summary>
/// <remarks>
/// <para>Gaussian elimination as <see cref="LuPrimitive"/>, then substitution as <see cref="TriangularSolvePrimitive"/>. A zero pivot gives NaN in all of that matrix's x.</para>
/// <para>Backward error: (a + e)·x = b with |e| ≤ 3·n·ε·|l|·|u| (Higham 2002, theorem 9.4).</para>
/// </remarks>
public sealed class SolvePrimitive : MatrixPrimitive
{
    SolvePrimitive()
        : base("Solve")
    {
    }

    /// <summary>The one instance.</summary>
    public static SolvePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        CheckSquare("Solve", inputs[0]);
        CheckRightSide("Solve", inputs[0], inputs[1]);
        return (inputs[1].Shape, inputs[1].Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Node db = Op.Solve(Op.Transpose(node.Inputs[0]), cotangent);
        return [Op.Negate(Op.MatMul(db, Op.Transpose(node))), db];
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        Shape a = node.Inputs[0].Shape;
        return ((long)a.Size * a[^1] / 3) + (2L * node.Shape.Size * a[^1]);
    }

    internal override int ScratchOf(int rows, int columns, Attributes? attributes) => (rows * rows) + rows + 1;

    internal override void Compute<T>(MatrixTask<T> task)
    {
        int n = task.Rows;
        Span<T> lu = task.Scratch[..(n * n)];
        Span<T> order = task.Scratch.Slice(n * n, n);
        task.A.CopyTo(lu);
        LuPrimitive.Factor(lu, n, n, order);
        TakeRows(task, order);
        if (!TriangularSolvePrimitive.Solve(lu, n, task.Result, task.RightColumns, lower: true, transposed: false, unitDiagonal: true)
            || !TriangularSolvePrimitive.Solve(lu, n, task.Result, task.RightColumns, lower: false, transposed: false, unitDiagonal: false))
        {
            task.Result.Fill(T.NaN);
        }
    }

    /// <summary>Row i of the result becomes row order[i] of the right-hand side.</summary>
    internal static void TakeRows<T>(MatrixTask<T> task, ReadOnlySpan<T> order)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int columns = task.RightColumns;
        for (int i = 0; i < order.Length; i++)
        {
            task.B.Slice(int.CreateTruncating(order[i]) * columns, columns).CopyTo(task.Result.Slice(i * columns, columns));
        }
    }
}
