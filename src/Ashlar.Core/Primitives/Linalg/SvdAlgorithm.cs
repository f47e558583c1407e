using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>The singular value decomposition of a matrix that is not wide: reduction to bidiagonal form, then implicit QR sweeps.</summary>
/// <remarks>Columns of very different lengths come first through a QR decomposition of the columns in falling order: what is small stays apart from what is large, so small singular values keep their digits.</remarks>
static class SvdAlgorithm
{
    /// <summary>Elements of working memory; <paramref name="width"/> columns of u are made.</summary>
    public static int Scratch(int m, int n, int width)
    {
        int triangles = 3 * MatrixView<float>.SizeOf(n, Householder.Block);
        int vectors = (2 * MatrixView<float>.SizeOf(n, m)) + (2 * MatrixView<float>.SizeOf(width, m)) + MatrixView<float>.SizeOf(m, width) + (5 * MatrixView<float>.SizeOf(n, n));
        return (6 * n) + triangles + vectors + Bidiagonal.Work(m, n) + BlockReflection.Scratch(Math.Max(n, width)) + BidiagonalIteration<float>.Scratch(n);
    }

    /// <summary>a = u·diag(s)·vᵀ with s falling. False when it did not converge.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="a">[m, n] with m ≥ n, working memory; finite, its largest magnitude near 1. Lost.</param>
    /// <param name="u">[m, n] or [m, m].</param>
    /// <param name="s">n singular values.</param>
    /// <param name="v">[n, n]; row j is the right singular vector of s[j].</param>
    /// <param name="scratch">As <see cref="Scratch"/> says.</param>
    public static bool Decompose<T>(MatrixSteps<T> steps, MatrixView<T> a, MatrixView<T> u, Span<T> s, MatrixView<T> v, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n) = (a.Rows, a.Columns);
        Span<T> found = Take(ref scratch, n);
        Span<T> places = Take(ref scratch, n);
        MatrixView<T> left = MatrixView<T>.Take(ref scratch, u.Columns, m);
        MatrixView<T> right = MatrixView<T>.Take(ref scratch, n, n);
        Span<T> lengths = found;
        lengths.Clear();
        steps.AddSquares(a, lengths);
        Sort(lengths, places);

        // A thousand between the longest and the shortest column.
        bool graded = n > 0 && lengths[int.CreateTruncating(places[0])] >= RowSteps.Number<T>(1 << 20) * lengths[int.CreateTruncating(places[n - 1])];
        if (!(graded ? DecomposeGraded(steps, a, left, found, right, places, scratch) : DecomposeEven(steps, a, left, found, right, scratch)))
        {
            return false;
        }

        Sort(found, places);
        MatrixView<T> sorted = MatrixView<T>.Take(ref scratch, u.Columns, m);
        for (int j = 0; j < u.Columns; j++)
        {
            int place = j < n ? int.CreateTruncating(places[j]) : j;
            left.Row(place).CopyTo(sorted.Row(j));
            bool turned = steps.TurnPositive(sorted.Row(j));
            if (j < n)
            {
                s[j] = found[place];
                right.Row(place).CopyTo(v.Row(j));
                if (turned)
                {
                    RowSteps.Negate(v.Row(j));
                }
            }
        }

        steps.Transpose(sorted, u);
        return true;
    }

    // a = q·b·pᵀ; rows of left begin as qᵀ, rows of right as pᵀ.
    static bool DecomposeEven<T>(MatrixSteps<T> steps, MatrixView<T> a, MatrixView<T> left, Span<T> values, MatrixView<T> right, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n) = (a.Rows, a.Columns);
        if (n == 0)
        {
            Identity(left);
            return true;
        }

        Span<T> beside = Take(ref scratch, n);
        Span<T> tauLeft = Take(ref scratch, n);
        Span<T> tauRight = Take(ref scratch, n);
        Span<T> work = Take(ref scratch, Bidiagonal.Work(m, n));
        work.Clear();
        MatrixView<T> reflections = MatrixView<T>.Take(ref scratch, n, m);
        MatrixView<T> triangles = MatrixView<T>.Take(ref scratch, n, Householder.Block);
        MatrixView<T> q = MatrixView<T>.Take(ref scratch, m, left.Rows);
        MatrixView<T> p = MatrixView<T>.Take(ref scratch, n, n);
        steps.Bidiagonalize(a, reflections, values, beside, tauLeft, tauRight, work);

        Identity(q);
        Householder.Prepare(steps, reflections, triangles, 0, tauLeft, scratch);
        Householder.ApplyQ(steps, reflections, triangles, 0, q, triangular: true, scratch);
        steps.Transpose(q, left);

        for (int i = 0; i < n; i++)
        {
            a.Row(i)[..(i + 1)].Clear();
        }

        Identity(p);
        MatrixView<T> rows = a.Block(0, 0, n - 1, n);
        Householder.Prepare(steps, rows, triangles, 1, tauRight, scratch);
        Householder.ApplyQ(steps, rows, triangles, 1, p, triangular: true, scratch);
        steps.Transpose(p, right);
        return BidiagonalIteration<T>.Run(steps, values, beside, left, right, scratch);
    }

    // With the columns in falling order a = q·r, and rᵀ, whose rows fall, is decomposed: its left vectors are a's right ones.
    static bool DecomposeGraded<T>(MatrixSteps<T> steps, MatrixView<T> a, MatrixView<T> left, Span<T> values, MatrixView<T> right, Span<T> order, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n) = (a.Rows, a.Columns);
        Span<T> tau = Take(ref scratch, n);
        MatrixView<T> reflections = MatrixView<T>.Take(ref scratch, n, m);
        MatrixView<T> triangles = MatrixView<T>.Take(ref scratch, n, Householder.Block);
        MatrixView<T> ordered = MatrixView<T>.Take(ref scratch, m, n);
        for (int j = 0; j < n; j++)
        {
            int place = int.CreateTruncating(order[j]);
            for (int i = 0; i < m; i++)
            {
                ordered[i, j] = a[i, place];
            }
        }

        Householder.Factor(steps, ordered, reflections, triangles, tau, scratch);
        MatrixView<T> lower = MatrixView<T>.Take(ref scratch, n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                lower[j, i] = ordered[i, j];
            }
        }

        MatrixView<T> ofRows = MatrixView<T>.Take(ref scratch, n, n);
        MatrixView<T> ofColumns = MatrixView<T>.Take(ref scratch, n, n);
        if (!DecomposeEven(steps, lower, ofColumns, values, ofRows, scratch))
        {
            return false;
        }

        MatrixView<T> q = MatrixView<T>.Take(ref scratch, m, left.Rows);
        Identity(q);
        steps.Transpose(ofRows, q.Block(0, 0, n, n));
        Householder.ApplyQ(steps, reflections, triangles, 0, q, triangular: false, scratch);
        steps.Transpose(q, left);
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
            {
                right[j, int.CreateTruncating(order[i])] = ofColumns[j, i];
            }
        }

        return true;
    }

    static void Identity<T>(MatrixView<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < Math.Min(a.Rows, a.Columns); i++)
        {
            a[i, i] = T.One;
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

    static Span<T> Take<T>(ref Span<T> from, int count)
    {
        Span<T> taken = from[..count];
        from = from[count..];
        return taken;
    }
}
