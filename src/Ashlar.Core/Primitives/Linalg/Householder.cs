using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Reflections h = i - τ·v·vᵀ with v₀ = 1 that turn a vector into ±its norm times the first unit vector, as LAPACK's larfg: the sign is opposite to the first element's.</summary>
static class Householder
{
    /// <summary>Replaces a strided vector by (β, v₁, v₂, …) and gives τ; τ = 0 where the vector has its form already.</summary>
    public static T Reflector<T>(Span<T> x, int stride, int count)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T tail = count > 1 ? RowSteps.Norm(x[stride..], stride, count - 1) : T.Zero;
        if (tail == T.Zero)
        {
            return T.Zero;
        }

        T first = x[0];
        T norm = RowSteps.Hypot(first, tail);
        T beta = first >= T.Zero ? -norm : norm;
        for (int i = 1; i < count; i++)
        {
            x[i * stride] /= first - beta;
        }

        x[0] = beta;
        return (beta - first) / beta;
    }

    /// <summary>Reduces a [m, n] to r on and above the diagonal, with each v below it and τ beside.</summary>
    /// <param name="a">[m, n], changed in place.</param>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="tau">min(m, n) factors.</param>
    /// <param name="work">n elements.</param>
    /// <param name="order">Empty, or n elements: the columns are exchanged so that |r|'s diagonal falls, and order[j] is the column that became column j.</param>
    public static void Factor<T>(Span<T> a, int m, int n, Span<T> tau, Span<T> work, Span<T> order = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < order.Length; j++)
        {
            order[j] = T.CreateTruncating(j);
        }

        for (int k = 0; k < Math.Min(m, n); k++)
        {
            if (order.Length > 0)
            {
                Pivot(a, m, n, k, order);
            }

            tau[k] = Reflector(a[((k * n) + k)..], n, m - k);
            Apply(a, m, n, k, tau[k], a, n, k + 1, work);
        }
    }

    /// <summary>c ← q·c for c [m, columns], where q is the product of the reflections that <see cref="Factor"/> left in a.</summary>
    public static void ApplyQ<T>(ReadOnlySpan<T> a, int m, int n, ReadOnlySpan<T> tau, Span<T> c, int columns, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = Math.Min(m, n) - 1; k >= 0; k--)
        {
            Apply(a, m, n, k, tau[k], c, columns, 0, work);
        }
    }

    // c[k.., first..] -= τ·v·(vᵀ·c), v standing in column k of a below the diagonal.
    static void Apply<T>(ReadOnlySpan<T> a, int m, int n, int k, T tau, Span<T> c, int columns, int first, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tau == T.Zero || first >= columns)
        {
            return;
        }

        Span<T> sums = work[first..columns];
        c[((k * columns) + first)..((k + 1) * columns)].CopyTo(sums);
        for (int i = k + 1; i < m; i++)
        {
            RowSteps.Add(a[(i * n) + k], c[((i * columns) + first)..((i + 1) * columns)], sums);
        }

        RowSteps.Add(-tau, sums, c[((k * columns) + first)..((k + 1) * columns)]);
        for (int i = k + 1; i < m; i++)
        {
            RowSteps.Add(-(tau * a[(i * n) + k]), sums, c[((i * columns) + first)..((i + 1) * columns)]);
        }
    }

    static void Pivot<T>(Span<T> a, int m, int n, int k, Span<T> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = k;
        T most = T.Zero;
        for (int j = k; j < n; j++)
        {
            T sum = T.Zero;
            for (int i = k; i < m; i++)
            {
                sum = T.FusedMultiplyAdd(a[(i * n) + j], a[(i * n) + j], sum);
            }

            (best, most) = sum > most ? (j, sum) : (best, most);
        }

        if (best == k)
        {
            return;
        }

        (order[k], order[best]) = (order[best], order[k]);
        for (int i = 0; i < m; i++)
        {
            (a[(i * n) + k], a[(i * n) + best]) = (a[(i * n) + best], a[(i * n) + k]);
        }
    }
}
