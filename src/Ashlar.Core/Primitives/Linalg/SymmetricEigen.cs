using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Primitives.Linalg;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to tridiagonal form, then implicit QL steps with Wilkinson's shift (Golub and Van Loan 2013, 8.3).</summary>
static class SymmetricEigen
{
    const int StepsPerValue = 60;

    /// <summary>Elements of working memory.</summary>
    public static int Scratch(int n) => MatrixView<float>.SizeOf(n, n) + MatrixView<float>.SizeOf(n, Householder.Block) + WorkOfReduction(n) + (2 * n) + Math.Max(BlockReflection.Scratch(n), RotationQueue<float>.FactorsOf(n));

    /// <summary>Elements of working memory of <see cref="Tridiagonalize"/>: two vectors with room for whole registers.</summary>
    public static int WorkOfReduction(int n) => 2 * MatrixView<float>.StepOf(n);

    /// <summary>Leaves the eigenvalues, unordered, in <paramref name="values"/> and the eigenvectors as rows of <paramref name="rows"/>. False when a value did not converge.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="a">[n, n], working memory; its content is lost.</param>
    /// <param name="rows">[n, n], working memory.</param>
    /// <param name="values">n elements.</param>
    /// <param name="scratch">As <see cref="Scratch"/> says.</param>
    public static bool Decompose<T>(MatrixSteps<T> steps, MatrixView<T> a, MatrixView<T> rows, Span<T> values, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        if (n == 0)
        {
            return true;
        }

        MatrixView<T> q = MatrixView<T>.Take(ref scratch, n, n);
        MatrixView<T> t = MatrixView<T>.Take(ref scratch, n, Householder.Block);
        Span<T> work = scratch[..WorkOfReduction(n)];
        Span<T> beside = scratch.Slice(work.Length, n);
        Span<T> tau = scratch.Slice(work.Length + n, n);
        scratch = scratch[(work.Length + (2 * n))..];
        work.Clear();
        steps.Tridiagonalize(a, values, beside, tau, work);
        Accumulate(steps, a, tau, q, t, scratch);
        steps.Transpose(q, rows);
        return Iterate(steps, rows, values, beside, scratch);
    }

    /// <summary>a = q·t·qᵀ. Row k of a keeps, from place k + 1 on, the vector of the reflection that cleared it.</summary>
    /// <param name="a">[n, n].</param>
    /// <param name="diagonal">n elements of t.</param>
    /// <param name="beside">n - 1 elements of t beside the diagonal, in a span of n.</param>
    /// <param name="tau">n - 1 factors, in a span of n.</param>
    /// <param name="work">As <see cref="WorkOfReduction"/> says, zero.</param>
    public static void Tridiagonalize<T>(MatrixView<T> a, Span<T> diagonal, Span<T> beside, Span<T> tau, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        for (int k = 0; k < n; k++)
        {
            diagonal[k] = a[k, k];
            if (k == n - 1)
            {
                break;
            }

            Span<T> v = a.Row(k, k + 1);
            tau[k] = Householder.Reflector(v);
            beside[k] = v[0];
            v[0] = T.One;
            if (tau[k] != T.Zero)
            {
                Update(a.From(k + 1, k + 1), v, tau[k], work[..v.Length]);
            }
        }
    }

    /// <summary>w = p - τ/2·(p·v)·v, where p = τ·a·v came in.</summary>
    public static void Correct<T>(Span<T> w, ReadOnlySpan<T> v, T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => RowSteps.Add(-(tau * RowSteps.Number<T>(0.5)) * RowSteps.Dot(w, v), v, w);

    // The symmetric rank two update a -= v·wᵀ + w·vᵀ, element by element in this order.
    static void Update<T>(MatrixView<T> a, ReadOnlySpan<T> v, T tau, Span<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < v.Length; i++)
        {
            w[i] = tau * RowSteps.Dot(a.Row(i), v);
        }

        Correct(w, v, tau);
        for (int i = 0; i < v.Length; i++)
        {
            RowSteps.Add(-v[i], w, a.Row(i));
            RowSteps.Add(-w[i], v, a.Row(i));
        }
    }

    // q = h₀·h₁·…, whose vectors stand in the rows of a.
    static void Accumulate<T>(MatrixSteps<T> steps, MatrixView<T> a, ReadOnlySpan<T> tau, MatrixView<T> q, MatrixView<T> t, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = a.Rows - 1;
        for (int i = 0; i < a.Rows; i++)
        {
            q[i, i] = T.One;
            a.Row(i)[..Math.Min(a.Rows, i + 1)].Clear();
        }

        MatrixView<T> v = a.Block(0, 0, count, a.Rows);
        Householder.Prepare(steps, v, t, 1, tau, scratch);
        Householder.ApplyQ(steps, v, t, 1, q, triangular: true, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool Iterate<T>(MatrixSteps<T> steps, MatrixView<T> rows, Span<T> d, Span<T> e, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = RowSteps.Epsilon<T>();
        int n = d.Length;
        e[n - 1] = T.Zero;
        var queue = new RotationQueue<T>(scratch[..RotationQueue<T>.FactorsOf(n)], stackalloc RotationQueue<T>.Sweep[RotationQueue<T>.MostSweeps]);
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

                if (queue.IsFull)
                {
                    steps.Rotate(rows, queue);
                    queue.Clear();
                }

                queue.Shorten(Chase(queue.Add(last - 1, rising: false, last - first), d, e, first, last));
            }
        }

        steps.Rotate(rows, queue);
        return true;
    }

    // One implicit QL step on the block first … last; how many of its rotations it left out at the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Chase<T>(Span<T> factors, Span<T> d, Span<T> e, int first, int last)
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
            r = RowSteps.Length(f, g);
            e[i + 1] = r;
            if (r == T.Zero)
            {
                d[i + 1] -= p;
                e[last] = T.Zero;
                return i - first + 1;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = T.FusedMultiplyAdd(d[i] - g, s, two * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = T.FusedMultiplyAdd(c, r, -b);
            factors[2 * (last - 1 - i)] = c;
            factors[(2 * (last - 1 - i)) + 1] = s;
        }

        d[first] -= p;
        e[first] = g;
        e[last] = T.Zero;
        return 0;
    }
}
