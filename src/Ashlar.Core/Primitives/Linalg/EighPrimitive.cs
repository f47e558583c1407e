using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>Eigenvalues w, ascending, and orthonormal eigenvectors v of the symmetric matrix (a + aᵀ) / 2, for a of [..., n, n].</summary>
/// <remarks>
/// <para>Packed as [..., n + n·n]: w, then v [n, n] with v[:, j] belonging to w[j]. The element of largest magnitude of each eigenvector, the first of equals, is positive.</para>
/// <para>Householder's reduction, then implicit QL steps. Backward error: ‖v·diag(w)·vᵀ - a‖ ≤ c·n·ε·‖a‖, ‖vᵀ·v - i‖ ≤ c·n·ε with a small c. A matrix with NaN or infinity gives NaN throughout.</para>
/// </remarks>
public sealed class EighPrimitive : MatrixPrimitive
{
    EighPrimitive()
        : base("Eigh")
    {
    }

    /// <summary>The one instance.</summary>
    public static EighPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        CheckSquare("Eigh", inputs[0]);
        int n = inputs[0].Shape[^1];
        return (Packed(inputs[0], n + ((long)n * n)), inputs[0].Type);
    }

    /// <inheritdoc/>
    /// <remarks>Giles 2008, section 3.1: a' = v·(diag(w') + f∘(vᵀ·v'))·vᵀ, fᵢⱼ = 1 / (wⱼ - wᵢ), symmetric part.
    /// Between equal eigenvalues f is 0: right for whatever does not depend on the choice of their eigenvectors.</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        int n = node.Inputs[0].Shape[^1];
        Node w = Op.Part(node, 0, [n]);
        Node v = Op.Part(node, n, [n, n]);
        Node apart = Op.Subtract(Op.Part(node, 0, [1, n]), Op.Part(node, 0, [n, 1]));
        Node turn = Op.Multiply(SafeReciprocal(apart), Op.MatMul(Op.Transpose(v), Op.Part(cotangent, n, [n, n])));
        Node inner = Op.Add(Op.DiagonalMatrix(Op.Part(cotangent, 0, [n])), turn);
        return [Op.SymmetricPart(Op.MatMul(Op.MatMul(v, inner), Op.Transpose(v)))];
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 9L * node.Inputs[0].Shape.Size * node.Inputs[0].Shape[^1];

    internal override int ScratchOf(int rows, int columns, Attributes? attributes) => (2 * MatrixView<float>.SizeOf(rows, rows)) + (2 * rows) + SymmetricEigen.Scratch(rows);

    internal override void Compute<T>(MatrixTask<T> task)
    {
        int n = task.Rows;
        Span<T> scratch = task.Scratch;
        MatrixView<T> a = MatrixView<T>.Take(ref scratch, n, n);
        MatrixView<T> rows = MatrixView<T>.Take(ref scratch, n, n);
        Span<T> values = scratch[..n];
        Span<T> places = scratch.Slice(n, n);
        T scale = TakeSymmetricPart(task.Steps, task.A, a);
        if (!T.IsFinite(scale) || !SymmetricEigen.Decompose(task.Steps, a, rows, values, scratch[(2 * n)..]))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        Sort(values, places);
        for (int j = 0; j < n; j++)
        {
            int place = int.CreateTruncating(places[j]);
            task.Result[j] = values[place] * scale;
            rows.Row(place).CopyTo(a.Row(j));
            task.Steps.TurnPositive(a.Row(j));
        }

        task.Steps.Transpose(a, new MatrixView<T>(task.Result[n..], n, n, n));
    }

    // a/2 + aᵀ/2, divided by a power of two near its largest magnitude; that power, or what is not finite.
    static T TakeSymmetricPart<T>(MatrixSteps<T> steps, ReadOnlySpan<T> from, MatrixView<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        steps.TakeSymmetricPart(from, a);
        T largest = steps.Largest(a);
        if (largest == T.Zero || !T.IsFinite(largest))
        {
            return largest == T.Zero ? T.One : largest;
        }

        T scale = RowSteps.PowerOfTwoBelow(largest);
        steps.Divide(a, scale);
        return scale;
    }

    // places[j] is where the j-th smallest value stands; equal ones keep their order.
    static void Sort<T>(ReadOnlySpan<T> values, Span<T> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            int at = i;
            for (; at > 0 && values[int.CreateTruncating(places[at - 1])] > values[i]; at--)
            {
                places[at] = places[at - 1];
            }

            places[at] = T.CreateTruncating(i);
        }
    }

    // 1 / x, and 0 where x is 0.
    internal static Node SafeReciprocal(Node x)
    {
        Node none = Op.Equal(x, Op.Number(x, 0));
        Node safe = Op.Where(none, Op.Number(x, 1), x);
        return Op.Where(none, Op.Number(x, 0), Op.Divide(Op.Number(x, 1), safe));
    }
}
