using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Singular values by rotations that make vectors orthogonal (Hestenes 1958; Drmač and Veselić 2008): small ones come out as accurate as their vectors allow.</summary>
static class OneSidedJacobi
{
    const int MostSweeps = 60;

    /// <summary>Rotates the n rows of x, of equal length, until they are orthogonal, and the rows of w with them. False when they did not become so.</summary>
    public static bool Orthogonalize<T>(Span<T> x, int n, int length, Span<T> w, int widthOfW)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T tolerance = RowSteps.Epsilon<T>() * T.Sqrt(T.CreateTruncating(Math.Max(n, length)));
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    rotated |= Pair(x.Slice(p * length, length), x.Slice(q * length, length), w.Slice(p * widthOfW, widthOfW), w.Slice(q * widthOfW, widthOfW), tolerance);
                }
            }

            if (!rotated)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a row of this squared length counts as zero: its products fell below what can be divided by.</summary>
    public static bool IsNothing<T>(T squared)
        where T : IBinaryFloatingPointIeee754<T> => squared < RowSteps.Number<T>(typeof(T) == typeof(float) ? 1e-30 : 1e-290);

    /// <summary>Fills row <paramref name="target"/> with a unit vector orthogonal to the rows before it and those of some length: the unit vector that stands out most, the first of equals, twice cleaned of them.</summary>
    public static void Complete<T>(Span<T> rows, int n, ReadOnlySpan<T> lengths, int target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int best, T least) = (0, T.PositiveInfinity);
        for (int k = 0; k < n; k++)
        {
            T covered = T.Zero;
            for (int i = 0; i < n; i++)
            {
                covered = i < target || lengths[i] > T.Zero ? T.FusedMultiplyAdd(rows[(i * n) + k], rows[(i * n) + k], covered) : covered;
            }

            (best, least) = covered < least ? (k, covered) : (best, least);
        }

        Span<T> row = rows.Slice(target * n, n);
        row.Clear();
        row[best] = T.One;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < n; i++)
            {
                if (i < target || lengths[i] > T.Zero)
                {
                    RowSteps.Add(-RowSteps.Dot<T>(rows.Slice(i * n, n), row), rows.Slice(i * n, n), row);
                }
            }
        }

        Divide(row, RowSteps.Norm<T>(row, 1, n));
    }

    public static void Divide<T>(Span<T> row, T divisor)
        where T : IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in row)
        {
            value /= divisor;
        }
    }

    static bool Pair<T>(Span<T> p, Span<T> q, Span<T> besideP, Span<T> besideQ, T tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T pp = RowSteps.Dot<T>(p, p);
        T qq = RowSteps.Dot<T>(q, q);
        if (IsNothing(pp) || IsNothing(qq))
        {
            return false;
        }

        T pq = RowSteps.Dot<T>(p, q);
        if (T.Abs(pq) <= tolerance * (T.Sqrt(pp) * T.Sqrt(qq)))
        {
            return false;
        }

        T zeta = (qq - pp) / (RowSteps.Number<T>(2) * pq);
        T root = RowSteps.Hypot(T.One, zeta);
        T t = T.One / (zeta + (zeta < T.Zero ? -root : root));
        T c = T.One / RowSteps.Hypot(T.One, t);
        T s = c * t;
        RowSteps.Rotate(p, q, c, s);
        RowSteps.Rotate(besideP, besideQ, c, s);
        return true;
    }
}
