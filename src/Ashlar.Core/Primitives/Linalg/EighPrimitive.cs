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

    internal override int ScratchOf(int rows, int columns, Attributes? attributes) => (rows * rows) + rows + SymmetricEigen.Scratch(rows);

    internal override void Compute<T>(MatrixTask<T> task)
    {
        int n = task.Rows;
        T half = RowSteps.Number<T>(0.5);
        Span<T> a = task.Scratch[..(n * n)];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[(i * n) + j] = (half * task.A[(i * n) + j]) + (half * task.A[(j * n) + i]);
            }
        }

        T largest = RowSteps.Largest<T>(a);
        T scale = largest > T.Zero && T.IsFinite(largest) ? RowSteps.PowerOfTwoBelow(largest) : T.One;
        foreach (ref T value in a)
        {
            value /= scale;
        }

        Span<T> values = task.Scratch.Slice(n * n, n);
        if (!T.IsFinite(largest) || !SymmetricEigen.Decompose(a, n, values, task.Scratch[((n * n) + n)..]))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        Write(a, values, n, scale, task.Result);
    }

    // Smallest eigenvalue first; equal ones in the order in which they were found.
    static void Write<T>(Span<T> rows, Span<T> values, int n, T scale, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < n; j++)
        {
            int least = j;
            for (int k = j + 1; k < n; k++)
            {
                least = values[k] < values[least] ? k : least;
            }

            // The chosen one moves to place j and the others move up, so equal values keep their order.
            for (int k = least; k > j; k--)
            {
                (values[k], values[k - 1]) = (values[k - 1], values[k]);
                RowSteps.Exchange(rows.Slice(k * n, n), rows.Slice((k - 1) * n, n));
            }

            result[j] = values[j] * scale;
            Span<T> row = rows.Slice(j * n, n);
            RowSteps.TurnPositive(row);
            for (int i = 0; i < n; i++)
            {
                result[n + (i * n) + j] = row[i];
            }
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
