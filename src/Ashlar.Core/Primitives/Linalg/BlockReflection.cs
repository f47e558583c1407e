using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Several reflections at once: h₀·h₁·… = i - vᵀ·t·v, where the rows of v are their vectors and t is upper triangular (Schreiber and Van Loan 1989).</summary>
static class BlockReflection
{
    /// <summary>Elements of working memory for <see cref="Prepare"/>, and for <see cref="Apply"/> to up to <paramref name="columns"/> columns.</summary>
    public static int Scratch(int columns) => Math.Max(MatrixView<float>.SizeOf(Householder.Block, Householder.Block), 2 * MatrixView<float>.SizeOf(Householder.Block, columns));

    /// <summary>Makes tᵀ.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="v">[count, m].</param>
    /// <param name="tau">[count].</param>
    /// <param name="t">[count, count], tᵀ on return.</param>
    /// <param name="scratch">As <see cref="Scratch"/> says.</param>
    public static void Prepare<T>(MatrixSteps<T> steps, MatrixView<T> v, ReadOnlySpan<T> tau, MatrixView<T> t, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> products = MatrixView<T>.Take(ref scratch, v.Rows, v.Rows);
        steps.Multiply(products, v, v.Transposed);
        steps.Triangle(products, tau, t);
    }

    /// <summary>c ← h·c, or hᵀ·c.</summary>
    public static void Apply<T>(MatrixSteps<T> steps, MatrixView<T> v, MatrixView<T> t, MatrixView<T> c, bool transposed, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (c.Columns == 0)
        {
            return;
        }

        MatrixView<T> inner = MatrixView<T>.Take(ref scratch, v.Rows, c.Columns);
        MatrixView<T> outer = MatrixView<T>.Take(ref scratch, v.Rows, c.Columns);
        steps.Multiply(inner, v, c);
        steps.Multiply(outer, transposed ? t : t.Transposed, inner);
        steps.Multiply(c, v.Transposed, outer, negative: true);
    }

    /// <summary>Row j of tᵀ: -τⱼ·Σₚ (vₚ·vⱼ)·(row p) over the rows before it, in order, then τⱼ on the diagonal.</summary>
    public static void Triangle<T>(MatrixView<T> products, ReadOnlySpan<T> tau, MatrixView<T> t)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < tau.Length; j++)
        {
            Span<T> row = t.Row(j);
            row.Clear();
            for (int p = 0; p < j; p++)
            {
                RowSteps.Add(products[p, j], t.Row(p), row);
            }

            for (int i = 0; i < j; i++)
            {
                row[i] *= -tau[j];
            }

            row[j] = tau[j];
        }
    }
}
