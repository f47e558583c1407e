using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Householder's reduction to upper bidiagonal form (Golub and Kahan 1965), a = q·b·pᵀ.</summary>
static class Bidiagonal
{
    /// <summary>Elements of working memory: four vectors with room for whole registers.</summary>
    public static int Work(int m, int n) => (2 * MatrixView<float>.StepOf(m)) + (2 * MatrixView<float>.StepOf(n));

    /// <summary>Reduces a. Row k of a keeps, from place k + 1 on, the vector of the reflection that cleared the row; what else is left has no meaning.</summary>
    /// <param name="a">[m, n] with m ≥ n ≥ 1.</param>
    /// <param name="left">[n, m], zero: row k becomes the vector of the reflection that cleared column k, from place k on.</param>
    /// <param name="diagonal">n elements of b.</param>
    /// <param name="beside">n - 1 elements of b above the diagonal, in a span of n.</param>
    /// <param name="tauLeft">n factors.</param>
    /// <param name="tauRight">n - 1 factors, in a span of n.</param>
    /// <param name="work">As <see cref="Work"/> says, zero.</param>
    public static void Reduce<T>(MatrixView<T> a, MatrixView<T> left, Span<T> diagonal, Span<T> beside, Span<T> tauLeft, Span<T> tauRight, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n) = (a.Rows, a.Columns);
        for (int k = 0; k < n; k++)
        {
            Span<T> v = left.Row(k, k);
            for (int i = k; i < m; i++)
            {
                v[i - k] = a[i, k];
            }

            tauLeft[k] = Householder.Reflector(v);
            diagonal[k] = v[0];
            v[0] = T.One;
            if (k == n - 1)
            {
                break;
            }

            // s = τ·vᵀ·a; row k of h·a is row k of a less s.
            MatrixView<T> rest = a.From(k, k + 1);
            Span<T> s = work[..rest.Columns];
            Span<T> u = rest.Row(0);
            for (int j = 0; j < s.Length; j++)
            {
                T sum = rest[0, j];
                for (int i = 1; i < rest.Rows; i++)
                {
                    sum = T.FusedMultiplyAdd(v[i], rest[i, j], sum);
                }

                s[j] = tauLeft[k] * sum;
                u[j] -= s[j];
            }

            tauRight[k] = Householder.Reflector(u);
            beside[k] = u[0];
            u[0] = T.One;

            // y = τ·(a - v·sᵀ)·u, then a -= v·sᵀ + y·uᵀ, element by element in this order.
            T across = RowSteps.Dot<T>(s, u);
            for (int i = 1; i < rest.Rows; i++)
            {
                T y = tauRight[k] * T.FusedMultiplyAdd(-v[i], across, RowSteps.Dot<T>(rest.Row(i), u));
                RowSteps.Add(-v[i], s, rest.Row(i));
                RowSteps.Add(-y, u, rest.Row(i));
            }
        }
    }
}
