using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Primitives.Linalg;

/// <summary>The real Schur form of a matrix: a = z·t·zᵀ with t upper triangular but for 2 x 2 blocks of conjugate eigenvalues.</summary>
/// <remarks>Householder's reduction to Hessenberg form, then Francis's implicit double shifts (Golub and Van Loan 2013, 7.5) as EISPACK's hqr2 makes them, with its exceptional shifts.</remarks>
static class RealSchur
{
    const int MostSteps = 60;

    /// <summary>Leaves t in a and zᵀ in <paramref name="zt"/>, and the eigenvalues. False when one did not converge.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="a">[n, n], finite.</param>
    /// <param name="zt">[n, n].</param>
    /// <param name="n">Extent.</param>
    /// <param name="real">n real parts.</param>
    /// <param name="imaginary">n imaginary parts; of a pair the positive one comes first.</param>
    /// <param name="scratch">2·n elements.</param>
    public static bool Decompose<T>(MatrixSteps<T> steps, Span<T> a, Span<T> zt, int n, Span<T> real, Span<T> imaginary, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowSteps.Identity(zt, n, n);
        Hessenberg(steps, a, zt, n, scratch);
        T norm = T.Zero;
        foreach (T value in a)
        {
            norm += T.Abs(value);
        }

        int last = n - 1;
        int step = 0;
        T shift = T.Zero;
        while (last >= 0)
        {
            int first = Split(a, n, last, norm);
            if (first == last)
            {
                a[(last * n) + last] += shift;
                (real[last], imaginary[last]) = (a[(last * n) + last], T.Zero);
                last--;
                step = 0;
            }
            else if (first == last - 1)
            {
                Pair(a, zt, n, last, shift, real, imaginary);
                last -= 2;
                step = 0;
            }
            else if (step == MostSteps)
            {
                return false;
            }
            else
            {
                Step(steps, a, zt, n, first, last, step++, ref shift);
            }
        }

        return true;
    }

    // a ← h·a·h with h clearing column k below its subdiagonal, zᵀ ← h·zᵀ.
    static void Hessenberg<T>(MatrixSteps<T> steps, Span<T> a, Span<T> zt, int n, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < n - 2; k++)
        {
            int count = n - 1 - k;
            Span<T> column = a[(((k + 1) * n) + k)..];
            Span<T> v = scratch[..count];
            for (int i = 0; i < count; i++)
            {
                v[i] = column[i * n];
            }

            T tau = steps.Reflector(v);
            if (tau == T.Zero)
            {
                continue;
            }

            column[0] = v[0];
            v[0] = T.One;
            for (int i = 1; i < count; i++)
            {
                column[i * n] = T.Zero;
            }

            var whole = new MatrixView<T>(a, n, n, n);
            steps.ReflectColumns(whole.From(k + 1, k + 1), v, tau, scratch.Slice(n, count));
            steps.ReflectColumns(new MatrixView<T>(zt, n, n, n).From(k + 1, 0), v, tau, scratch.Slice(n, n));
            steps.ReflectRows(whole.From(0, k + 1), v, tau);
        }
    }

    // Where the last block begins: below a subdiagonal element that is nothing beside its neighbours.
    static int Split<T>(ReadOnlySpan<T> a, int n, int last, T norm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = RowSteps.Epsilon<T>();
        int first = last;
        for (; first > 0; first--)
        {
            T beside = T.Abs(a[((first - 1) * n) + first - 1]) + T.Abs(a[(first * n) + first]);
            if (T.Abs(a[(first * n) + first - 1]) <= epsilon * (beside == T.Zero ? norm : beside))
            {
                break;
            }
        }

        return first;
    }

    // A 2 x 2 block that stands alone: two real eigenvalues, made triangular, or a conjugate pair.
    static void Pair<T>(Span<T> a, Span<T> zt, int n, int last, T shift, Span<T> real, Span<T> imaginary)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = last - 1;
        a[(first * n) + first] += shift;
        a[(last * n) + last] += shift;
        T corner = a[(last * n) + last];
        T product = a[(last * n) + first] * a[(first * n) + last];
        T p = (a[(first * n) + first] - corner) * RowSteps.Number<T>(0.5);
        T q = T.FusedMultiplyAdd(p, p, product);
        T root = T.Sqrt(T.Abs(q));
        if (q < T.Zero)
        {
            (real[first], real[last]) = (corner + p, corner + p);
            (imaginary[first], imaginary[last]) = (root, -root);
            return;
        }

        T z = p >= T.Zero ? p + root : p - root;
        real[first] = corner + z;
        real[last] = z == T.Zero ? real[first] : corner - (product / z);
        (imaginary[first], imaginary[last]) = (T.Zero, T.Zero);
        T below = a[(last * n) + first];
        T length = RowSteps.Hypot(below, z);
        T s = below / length;
        T c = z / length;
        Span<T> top = a.Slice(first * n, n);
        Span<T> bottom = a.Slice(last * n, n);
        RowSteps.Rotate(bottom[first..], top[first..], c, s);
        RowSteps.Rotate(zt.Slice(last * n, n), zt.Slice(first * n, n), c, s);
        for (int i = 0; i <= last; i++)
        {
            T left = a[(i * n) + first];
            T right = a[(i * n) + last];
            a[(i * n) + first] = T.FusedMultiplyAdd(s, right, c * left);
            a[(i * n) + last] = T.FusedMultiplyAdd(-s, left, c * right);
        }

        a[(last * n) + first] = T.Zero;
    }

    // One double step on the block first … last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Step<T>(MatrixSteps<T> steps, Span<T> a, Span<T> zt, int n, int first, int last, int step, ref T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T x = a[(last * n) + last];
        T y = a[((last - 1) * n) + last - 1];
        T w = a[(last * n) + last - 1] * a[((last - 1) * n) + last];
        if (step % 10 == 9)
        {
            // An exceptional shift, where the double shifts go round in circles.
            shift += x;
            for (int i = 0; i <= last; i++)
            {
                a[(i * n) + i] -= x;
            }

            T size = T.Abs(a[(last * n) + last - 1]) + T.Abs(a[((last - 1) * n) + last - 2]);
            x = RowSteps.Number<T>(0.75) * size;
            y = x;
            w = RowSteps.Number<T>(-0.4375) * size * size;
        }

        int start = last - 2;
        T p, q, r;
        while (true)
        {
            (p, q, r) = Begin(a, n, start, x, y, w);
            if (start == first || IsSmall(a, n, start, p, q, r))
            {
                break;
            }

            start--;
        }

        for (int i = start + 2; i <= last; i++)
        {
            a[(i * n) + i - 2] = T.Zero;
            if (i > start + 2)
            {
                a[(i * n) + i - 3] = T.Zero;
            }
        }

        for (int k = start; k < last; k++)
        {
            bool three = k < last - 1;
            if (k > start)
            {
                p = a[(k * n) + k - 1];
                q = a[((k + 1) * n) + k - 1];
                r = three ? a[((k + 2) * n) + k - 1] : T.Zero;
            }

            x = T.Abs(p) + T.Abs(q) + T.Abs(r);
            if (x == T.Zero)
            {
                continue;
            }

            (p, q, r) = (p / x, q / x, r / x);
            T s = T.Sqrt((p * p) + (q * q) + (r * r));
            s = p < T.Zero ? -s : s;
            if (k > start)
            {
                a[(k * n) + k - 1] = -s * x;
                a[((k + 1) * n) + k - 1] = T.Zero;
                if (three)
                {
                    a[((k + 2) * n) + k - 1] = T.Zero;
                }
            }
            else if (first != start)
            {
                a[(k * n) + k - 1] = -a[(k * n) + k - 1];
            }

            // The reflection i - u·vᵀ with u = (x, y, z) and v = (1, q, r).
            p += s;
            (T ux, T uy, T uz) = (p / s, q / s, r / s);
            (T vy, T vz) = (q / p, r / p);
            FromLeft3(steps, a, n, k, k, three, (ux, uy, uz), (vy, vz));
            FromLeft3(steps, zt, n, k, 0, three, (ux, uy, uz), (vy, vz));
            for (int i = 0; i <= Math.Min(last, k + 3); i++)
            {
                Span<T> row = a.Slice((i * n) + k, three ? 3 : 2);
                T sum = T.FusedMultiplyAdd(uy, row[1], ux * row[0]);
                sum = three ? T.FusedMultiplyAdd(uz, row[2], sum) : sum;
                row[0] -= sum;
                row[1] = T.FusedMultiplyAdd(-sum, vy, row[1]);
                if (three)
                {
                    row[2] = T.FusedMultiplyAdd(-sum, vz, row[2]);
                }
            }
        }
    }

    // Rows k, k + 1 and k + 2 from a column on.
    static void FromLeft3<T>(MatrixSteps<T> steps, Span<T> a, int n, int k, int column, bool three, (T X, T Y, T Z) u, (T Y, T Z) v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => steps.ReflectThree(
            a[((k * n) + column)..((k + 1) * n)],
            a[(((k + 1) * n) + column)..((k + 2) * n)],
            three ? a[(((k + 2) * n) + column)..((k + 3) * n)] : default,
            u,
            v);

    // The first column of (a - λ₁)·(a - λ₂) from row `start` on, scaled; λ₁ + λ₂ = x + y, λ₁·λ₂ = x·y - w.
    static (T P, T Q, T R) Begin<T>(ReadOnlySpan<T> a, int n, int start, T x, T y, T w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T z = a[(start * n) + start];
        T r = x - z;
        T s = y - z;
        T p = (((r * s) - w) / a[((start + 1) * n) + start]) + a[(start * n) + start + 1];
        T q = a[((start + 1) * n) + start + 1] - z - r - s;
        r = a[((start + 2) * n) + start + 1];
        T sum = T.Abs(p) + T.Abs(q) + T.Abs(r);
        return (p / sum, q / sum, r / sum);
    }

    static bool IsSmall<T>(ReadOnlySpan<T> a, int n, int start, T p, T q, T r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T above = T.Abs(a[((start - 1) * n) + start - 1]);
        T here = T.Abs(a[(start * n) + start]);
        T below = T.Abs(a[((start + 1) * n) + start + 1]);
        return T.Abs(a[(start * n) + start - 1]) * (T.Abs(q) + T.Abs(r)) < RowSteps.Epsilon<T>() * (T.Abs(p) * (above + here + below));
    }
}
