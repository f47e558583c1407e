using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Eigenvectors of a real Schur form by substitution from below, as EISPACK's hqr2: a divisor of 0 becomes ε·norm, so that a defective matrix gets vectors that are equal but for rounding.</summary>
static class SchurVectors
{
    /// <summary>Replaces the Schur form t by its eigenvectors as columns: one column for a real eigenvalue, columns of real and imaginary parts for a pair, of the positive imaginary part.</summary>
    public static void Find<T>(Span<T> t, int n, ReadOnlySpan<T> real, ReadOnlySpan<T> imaginary)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T norm = T.Zero;
        for (int i = 0; i < n; i++)
        {
            for (int j = Math.Max(0, i - 1); j < n; j++)
            {
                norm += T.Abs(t[(i * n) + j]);
            }
        }

        T least = norm == T.Zero ? T.One : RowSteps.Epsilon<T>() * norm;
        for (int last = n - 1; last >= 0; last--)
        {
            if (imaginary[last] == T.Zero)
            {
                Real(t, n, last, real, imaginary, least);
            }
            else
            {
                Complex(t, n, --last, real, imaginary, least);
            }
        }
    }

    static void Real<T>(Span<T> t, int n, int last, ReadOnlySpan<T> real, ReadOnlySpan<T> imaginary, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T value = real[last];
        t[(last * n) + last] = T.One;
        for (int i = last - 1; i >= 0; i--)
        {
            T w = t[(i * n) + i] - value;
            T r = Sum(t, n, i, i + 1, last, last);
            if (imaginary[i] == T.Zero)
            {
                t[(i * n) + last] = -r / (w == T.Zero ? least : w);
            }
            else
            {
                // Rows i - 1 and i of a pair, solved together.
                int above = i - 1;
                T ww = t[(above * n) + above] - value;
                T rr = Sum(t, n, above, i + 1, last, last);
                T x = t[(above * n) + i];
                T y = t[(i * n) + above];
                T divisor = T.FusedMultiplyAdd(real[i] - value, real[i] - value, imaginary[i] * imaginary[i]);
                T upper = ((x * r) - (w * rr)) / divisor;
                t[(above * n) + last] = upper;
                t[(i * n) + last] = T.Abs(x) > T.Abs(w) ? (-rr - (ww * upper)) / x : (-r - (y * upper)) / w;
                i = above;
            }

            Shrink(t, n, i, last, last);
        }
    }

    // The vector of real[k] + i·imaginary[k], in columns k and k + 1.
    static void Complex<T>(Span<T> t, int n, int k, ReadOnlySpan<T> real, ReadOnlySpan<T> imaginary, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int last = k + 1;
        (T p, T q) = (real[last], imaginary[last]);
        if (T.Abs(t[(last * n) + k]) > T.Abs(t[(k * n) + last]))
        {
            T corner = t[(last * n) + last];
            t[(k * n) + k] = q / t[(last * n) + k];
            t[(k * n) + last] = -(corner - p) / t[(last * n) + k];
        }
        else
        {
            (T re, T im) = Divide(T.Zero, -t[(k * n) + last], t[(k * n) + k] - p, q);
            (t[(k * n) + k], t[(k * n) + last]) = (re, im);
        }

        t[(last * n) + k] = T.Zero;
        t[(last * n) + last] = T.One;
        for (int i = k - 1; i >= 0; i--)
        {
            T w = t[(i * n) + i] - p;
            T ra = Sum(t, n, i, i + 1, last, k);
            T sa = Sum(t, n, i, i + 1, last, last);
            if (imaginary[i] == T.Zero)
            {
                (t[(i * n) + k], t[(i * n) + last]) = Divide(-ra, -sa, w, q);
            }
            else
            {
                int above = i - 1;
                Block(t, n, above, k, p, q, (Sum(t, n, above, i + 1, last, k), Sum(t, n, above, i + 1, last, last)), (ra, sa), real[above], imaginary[above], least);
                i = above;
            }

            Shrink(t, n, i, k, last);
        }
    }

    // Rows i and i + 1 of a pair against the pair in columns k and k + 1; `upper` and `lower` are their sums so far.
    static void Block<T>(Span<T> t, int n, int i, int k, T p, T q, (T Re, T Im) upper, (T Re, T Im) lower, T real, T imaginary, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int last = k + 1;
        T two = RowSteps.Number<T>(2);
        T w = t[(i * n) + i] - p;
        T z = t[((i + 1) * n) + i + 1] - p;
        T x = t[(i * n) + i + 1];
        T y = t[((i + 1) * n) + i];
        T vr = ((real - p) * (real - p)) + (imaginary * imaginary) - (q * q);
        T vi = (real - p) * two * q;
        if (vr == T.Zero && vi == T.Zero)
        {
            vr = least * (T.Abs(w) + T.Abs(q) + T.Abs(x) + T.Abs(y) + T.Abs(z));
        }

        (T re, T im) = Divide(
            (x * lower.Re) - (z * upper.Re) + (q * upper.Im),
            (x * lower.Im) - (z * upper.Im) - (q * upper.Re),
            vr,
            vi);
        (t[(i * n) + k], t[(i * n) + last]) = (re, im);
        if (T.Abs(x) > T.Abs(z) + T.Abs(q))
        {
            t[((i + 1) * n) + k] = (-upper.Re - (w * re) + (q * im)) / x;
            t[((i + 1) * n) + last] = (-upper.Im - (w * im) - (q * re)) / x;
        }
        else
        {
            (t[((i + 1) * n) + k], t[((i + 1) * n) + last]) = Divide(-lower.Re - (y * re), -lower.Im - (y * im), z, q);
        }
    }

    static T Sum<T>(ReadOnlySpan<T> t, int n, int row, int first, int last, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int j = first; j <= last; j++)
        {
            sum = T.FusedMultiplyAdd(t[(row * n) + j], t[(j * n) + column], sum);
        }

        return sum;
    }

    // Keeps a growing vector from overflowing.
    static void Shrink<T>(Span<T> t, int n, int i, int first, int last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Max(T.Abs(t[(i * n) + first]), T.Abs(t[(i * n) + last]));
        if (RowSteps.Epsilon<T>() * largest * largest <= T.One)
        {
            return;
        }

        for (int j = i; j <= last; j++)
        {
            t[(j * n) + last] /= largest;
            if (first < last)
            {
                t[(j * n) + first] /= largest;
            }
        }
    }

    // (xr + i·xi) / (yr + i·yi), Smith 1962.
    static (T Re, T Im) Divide<T>(T xr, T xi, T yr, T yi)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.Abs(yr) > T.Abs(yi))
        {
            T ratio = yi / yr;
            T divisor = yr + (ratio * yi);
            return ((xr + (ratio * xi)) / divisor, (xi - (ratio * xr)) / divisor);
        }
        else
        {
            T ratio = yr / yi;
            T divisor = yi + (ratio * yr);
            return (((ratio * xr) + xi) / divisor, ((ratio * xi) - xr) / divisor);
        }
    }
}
