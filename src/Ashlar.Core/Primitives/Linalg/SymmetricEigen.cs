using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to tridiagonal form, then implicit QL steps with Wilkinson's shift (Golub and Van Loan 2013, 8.3).</summary>
static class SymmetricEigen
{
    const int StepsPerValue = 60;

    /// <summary>Elements of working memory.</summary>
    public static int Scratch(int n) => 3 * n;

    /// <summary>Leaves the eigenvalues, unordered, in <paramref name="values"/> and the eigenvectors as rows of <paramref name="a"/>. False when a value did not converge.</summary>
    /// <param name="a">[n, n], its upper triangle is read.</param>
    /// <param name="n">Extent.</param>
    /// <param name="values">n elements.</param>
    /// <param name="scratch">As <see cref="Scratch"/> says.</param>
    public static bool Decompose<T>(Span<T> a, int n, Span<T> values, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> beside = scratch[..n];
        Tridiagonal(a, n, values, beside, scratch.Slice(n, n), scratch.Slice(2 * n, n));
        return Iterate(a, n, values, beside);
    }

    // a = q·t·qᵀ: t's diagonal and what stands beside it go out, and qᵀ replaces a. Row k keeps the reflection that cleared it.
    static void Tridiagonal<T>(Span<T> a, int n, Span<T> diagonal, Span<T> beside, Span<T> tau, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < n - 1; k++)
        {
            Span<T> v = a[((k * n) + k + 1)..((k + 1) * n)];
            tau[k] = Householder.Reflector(v, 1, v.Length);
            beside[k] = v[0];
            if (tau[k] != T.Zero)
            {
                v[0] = T.One;
                Update(a, n, k + 1, v, tau[k], work);
            }
        }

        for (int k = 0; k < n; k++)
        {
            diagonal[k] = a[(k * n) + k];
        }

        Accumulate(a, n, tau, work);
    }

    // The symmetric rank two update of the upper triangle from row `first`: w = p - τ/2·(pᵀv)·v with p = τ·a·v, a -= v·wᵀ + w·vᵀ.
    static void Update<T>(Span<T> a, int n, int first, ReadOnlySpan<T> v, T tau, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> w = work[..v.Length];
        w.Clear();
        for (int i = 0; i < v.Length; i++)
        {
            ReadOnlySpan<T> row = a.Slice(((first + i) * n) + first + i, v.Length - i);
            w[i] += RowSteps.Dot(row, v[i..]);
            RowSteps.Add(v[i], row[1..], w[(i + 1)..]);
        }

        foreach (ref T value in w)
        {
            value *= tau;
        }

        T factor = -(tau * RowSteps.Number<T>(0.5)) * RowSteps.Dot(w, v);
        RowSteps.Add(factor, v, w);
        for (int i = 0; i < v.Length; i++)
        {
            Span<T> row = a.Slice(((first + i) * n) + first + i, v.Length - i);
            RowSteps.Add(-v[i], w[i..], row);
            RowSteps.Add(-w[i], v[i..], row);
        }
    }

    // qᵀ = h_{n-2}…h_1·h_0, built from the last reflection on: qᵀ = [1 0; 0 q'ᵀ]·h, row by row from the right.
    static void Accumulate<T>(Span<T> a, int n, ReadOnlySpan<T> tau, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = n - 1; k >= 0; k--)
        {
            Span<T> v = work[..(n - 1 - k)];
            a[((k * n) + k + 1)..((k + 1) * n)].CopyTo(v);
            a.Slice(k * n, n).Clear();
            for (int i = k + 1; i < n; i++)
            {
                a[(i * n) + k] = T.Zero;
            }

            a[(k * n) + k] = T.One;
            for (int i = k + 1; i < n && tau[k] != T.Zero; i++)
            {
                Span<T> row = a[((i * n) + k + 1)..((i + 1) * n)];
                RowSteps.Add(-(tau[k] * RowSteps.Dot(row, v)), v, row);
            }
        }
    }

    static bool Iterate<T>(Span<T> rows, int n, Span<T> d, Span<T> e)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = RowSteps.Epsilon<T>();
        if (n > 0)
        {
            e[n - 1] = T.Zero;
        }

        for (int first = 0; first < n; first++)
        {
            for (int step = 0; ; step++)
            {
                int last = first;
                while (last < n - 1 && T.Abs(e[last]) > epsilon * (T.Abs(d[last]) + T.Abs(d[last + 1])))
                {
                    last++;
                }

                if (last == first)
                {
                    break;
                }

                if (step == StepsPerValue)
                {
                    return false;
                }

                Chase(rows, n, d, e, first, last);
            }
        }

        return true;
    }

    // One implicit QL step on the block first … last.
    static void Chase<T>(Span<T> rows, int n, Span<T> d, Span<T> e, int first, int last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = RowSteps.Number<T>(2);
        T g = (d[first + 1] - d[first]) / (two * e[first]);
        T r = RowSteps.Hypot(g, T.One);
        g = d[last] - d[first] + (e[first] / (g + (g < T.Zero ? -r : r)));
        (T s, T c, T p) = (T.One, T.One, T.Zero);
        for (int i = last - 1; i >= first; i--)
        {
            T f = s * e[i];
            T b = c * e[i];
            r = RowSteps.Hypot(f, g);
            e[i + 1] = r;
            if (r == T.Zero)
            {
                d[i + 1] -= p;
                e[last] = T.Zero;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = T.FusedMultiplyAdd(d[i] - g, s, two * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = T.FusedMultiplyAdd(c, r, -b);
            RowSteps.Rotate(rows.Slice(i * n, n), rows.Slice((i + 1) * n, n), c, s);
        }

        d[first] -= p;
        e[first] = g;
        e[last] = T.Zero;
    }
}
