using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>The singular value decomposition of a matrix that is not wide: QR with exchanged columns, then one-sided Jacobi on the rows of r.</summary>
static class SvdAlgorithm
{
    /// <summary>Elements of working memory; <paramref name="widthOfU"/> columns of u are made.</summary>
    public static int Scratch(int m, int n, int widthOfU) => (m * n) + (4 * n) + widthOfU + (2 * n * n);

    /// <summary>a = u·diag(s)·vᵀ with s falling. False when it did not converge.</summary>
    /// <param name="a">[m, n] with m ≥ n, finite, its largest magnitude near 1.</param>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="u">[m, widthOfU].</param>
    /// <param name="widthOfU">n or m.</param>
    /// <param name="s">n singular values.</param>
    /// <param name="v">[n, n]; row j is the right singular vector of s[j].</param>
    /// <param name="scratch">As <see cref="Scratch"/> says.</param>
    public static bool Decompose<T>(ReadOnlySpan<T> a, int m, int n, Span<T> u, int widthOfU, Span<T> s, Span<T> v, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> reduced = Take(ref scratch, m * n);
        Span<T> tau = Take(ref scratch, n);
        Span<T> order = Take(ref scratch, n);
        Span<T> found = Take(ref scratch, n);
        Span<T> places = Take(ref scratch, n);
        Span<T> x = Take(ref scratch, n * n);
        Span<T> w = Take(ref scratch, n * n);
        a.CopyTo(reduced);
        Householder.Factor(reduced, m, n, tau, scratch, order);
        x.Clear();
        for (int i = 0; i < n; i++)
        {
            reduced[((i * n) + i)..((i + 1) * n)].CopyTo(x[((i * n) + i)..]);
        }

        // r = wᵀ·x with orthogonal rows of x: u is q·wᵀ, the rows of x are s times the right vectors.
        RowSteps.Identity(w, n, n);
        if (!OneSidedJacobi.Orthogonalize(x, n, n, w, n))
        {
            return false;
        }

        Normalize(x, n, found);
        Sort(found, places);
        u.Clear();
        for (int j = 0; j < n; j++)
        {
            int place = int.CreateTruncating(places[j]);
            s[j] = found[place];
            for (int i = 0; i < n; i++)
            {
                u[(i * widthOfU) + j] = w[(place * n) + i];
                v[(j * n) + int.CreateTruncating(order[i])] = x[(place * n) + i];
            }
        }

        for (int j = n; j < widthOfU; j++)
        {
            u[(j * widthOfU) + j] = T.One;
        }

        Householder.ApplyQ(reduced, m, n, tau, u, widthOfU, scratch);
        TurnSigns(u, m, widthOfU, v, n);
        return true;
    }

    // Rows become unit vectors and their lengths the singular values; rows of no length are completed to a basis.
    static void Normalize<T>(Span<T> x, int n, Span<T> s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            Span<T> row = x.Slice(i * n, n);
            bool nothing = OneSidedJacobi.IsNothing(RowSteps.Dot<T>(row, row));
            s[i] = nothing ? T.Zero : RowSteps.Norm<T>(row, 1, n);
            if (!nothing)
            {
                OneSidedJacobi.Divide(row, s[i]);
            }
        }

        for (int i = 0; i < n; i++)
        {
            if (s[i] == T.Zero)
            {
                OneSidedJacobi.Complete(x, n, s, i);
            }
        }
    }

    // places[j] is where the j-th largest value stands; equal ones keep their order.
    static void Sort<T>(ReadOnlySpan<T> values, Span<T> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            int at = i;
            for (; at > 0 && values[int.CreateTruncating(places[at - 1])] < values[i]; at--)
            {
                places[at] = places[at - 1];
            }

            places[at] = T.CreateTruncating(i);
        }
    }

    // The element of largest magnitude of each column of u, the first of equals, is positive.
    static void TurnSigns<T>(Span<T> u, int m, int widthOfU, Span<T> v, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < widthOfU; j++)
        {
            int largest = 0;
            for (int i = 1; i < m; i++)
            {
                largest = T.Abs(u[(i * widthOfU) + j]) > T.Abs(u[(largest * widthOfU) + j]) ? i : largest;
            }

            if (m == 0 || u[(largest * widthOfU) + j] >= T.Zero)
            {
                continue;
            }

            for (int i = 0; i < m; i++)
            {
                u[(i * widthOfU) + j] = -u[(i * widthOfU) + j];
            }

            if (j < n)
            {
                RowSteps.Negate(v.Slice(j * n, n));
            }
        }
    }

    static Span<T> Take<T>(ref Span<T> from, int count)
    {
        Span<T> taken = from[..count];
        from = from[count..];
        return taken;
    }
}
