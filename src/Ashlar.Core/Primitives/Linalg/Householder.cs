using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Reflections h = i - τ·v·vᵀ with v₀ = 1 that turn a vector into ±its norm times the first unit vector, as LAPACK's larfg: the sign is opposite to the first element's.</summary>
static class Householder
{
    /// <summary>Columns whose reflections are applied together. Part of the definition.</summary>
    public const int Block = 32;

    /// <summary>Replaces a vector by (β, v₁, v₂, …) and gives τ; τ = 0 where the vector has its form already.</summary>
    public static T Reflector<T>(Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T tail = RowSteps.Norm<T>(x[1..]);
        if (tail == T.Zero)
        {
            return T.Zero;
        }

        T first = x[0];
        T norm = RowSteps.Hypot(first, tail);
        T beta = first >= T.Zero ? -norm : norm;
        RowSteps.Divide(x[1..], first - beta);
        x[0] = beta;
        return (beta - first) / beta;
    }

    /// <summary>Reduces a [m, n] to r on and above the diagonal, by blocks of columns; what is left below it has no meaning.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="a">[m, n], changed in place.</param>
    /// <param name="v">[min(m, n), m]: row k becomes the vector of reflection k, zero before its place k.</param>
    /// <param name="t">[min(m, n), Block]: the triangles of the blocks.</param>
    /// <param name="tau">min(m, n) factors.</param>
    /// <param name="scratch">As <see cref="BlockReflection.Scratch"/> says for n columns.</param>
    public static void Factor<T>(MatrixSteps<T> steps, MatrixView<T> a, MatrixView<T> v, MatrixView<T> t, Span<T> tau, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = Math.Min(a.Rows, a.Columns);
        for (int k = 0; k < count; k += Block)
        {
            int width = Math.Min(Block, count - k);
            MatrixView<T> block = v.Block(k, k, width, a.Rows - k);
            steps.FactorPanel(a.Block(k, k, a.Rows - k, width), block, tau.Slice(k, width));
            BlockReflection.Prepare(steps, block, tau.Slice(k, width), t.Block(k, 0, width, width), scratch);
            BlockReflection.Apply(steps, block, t.Block(k, 0, width, width), a.From(k, k + width), transposed: true, scratch);
        }
    }

    /// <summary>Makes the triangles of the blocks of reflections in the rows of v; row k of v begins at place <paramref name="offset"/> + k.</summary>
    public static void Prepare<T>(MatrixSteps<T> steps, MatrixView<T> v, MatrixView<T> t, int offset, ReadOnlySpan<T> tau, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < v.Rows; k += Block)
        {
            int width = Math.Min(Block, v.Rows - k);
            BlockReflection.Prepare(steps, v.Block(k, offset + k, width, v.Columns - offset - k), tau.Slice(k, width), t.Block(k, 0, width, width), scratch);
        }
    }

    /// <summary>c ← q·c, where q is the product of the reflections in the rows of v; row k of v begins at place <paramref name="offset"/> + k.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="v">[count, m].</param>
    /// <param name="t">[count, Block], as <see cref="BlockReflection.Prepare"/> made them.</param>
    /// <param name="offset">Where row 0 has its 1.</param>
    /// <param name="c">[m, columns].</param>
    /// <param name="triangular">Whether row i of c is zero left of its place i in all rows below the first <paramref name="offset"/>, as in an identity: those zeros are not touched.</param>
    /// <param name="scratch">As <see cref="BlockReflection.Scratch"/> says.</param>
    public static void ApplyQ<T>(MatrixSteps<T> steps, MatrixView<T> v, MatrixView<T> t, int offset, MatrixView<T> c, bool triangular, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = (v.Rows - 1) / Block * Block; k >= 0; k -= Block)
        {
            int width = Math.Min(Block, v.Rows - k);
            int first = offset + k;
            MatrixView<T> block = v.Block(k, first, width, v.Columns - first);
            BlockReflection.Apply(steps, block, t.Block(k, 0, width, width), c.From(first, triangular ? first : 0), transposed: false, scratch);
        }
    }

    /// <summary>The reflections of a panel, one after the other.</summary>
    /// <param name="a">[m, width], changed to r on and above the diagonal; what is left below it has no meaning.</param>
    /// <param name="v">[width, m], zero: row k becomes the vector of reflection k.</param>
    /// <param name="tau">[width].</param>
    public static void FactorPanel<T>(MatrixView<T> a, MatrixView<T> v, Span<T> tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < a.Columns; k++)
        {
            FactorColumn(a.From(k, k), v.Row(k, k), out tau[k]);
        }
    }

    // The first column takes its form, its reflection meets the others.
    static void FactorColumn<T>(MatrixView<T> a, Span<T> v, out T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
        {
            v[i] = a[i, 0];
        }

        tau = Reflector(v);
        a[0, 0] = v[0];
        v[0] = T.One;
        for (int j = 1; j < a.Columns && tau != T.Zero; j++)
        {
            T sum = a[0, j];
            for (int i = 1; i < a.Rows; i++)
            {
                sum = T.FusedMultiplyAdd(v[i], a[i, j], sum);
            }

            for (int i = 0; i < a.Rows; i++)
            {
                a[i, j] = T.FusedMultiplyAdd(-(tau * v[i]), sum, a[i, j]);
            }
        }
    }
}
