using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>The steps on rows of which the decompositions are made, each in one fixed order of exactly rounded operations.</summary>
static class RowSteps
{
    /// <summary>The distance from 1 to the next larger number.</summary>
    public static T Epsilon<T>()
        where T : IBinaryFloatingPointIeee754<T> => T.BitIncrement(T.One) - T.One;

    public static T Number<T>(double value)
        where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(value);

    /// <summary>y ← fma(factor, x, y), element by element.</summary>
    public static void Add<T>(T factor, ReadOnlySpan<T> x, Span<T> y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.FusedMultiplyAdd(factor, x[i], y[i]);
        }
    }

    /// <summary>Σ x·y: four lanes of fused multiply-adds from +0, lane = i mod 4, folded (0 + 1) + (2 + 3).</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        y = y[..x.Length];
        (T a, T b, T c, T d) = (T.Zero, T.Zero, T.Zero, T.Zero);
        int i = 0;
        for (; i + 3 < x.Length; i += 4)
        {
            a = T.FusedMultiplyAdd(x[i], y[i], a);
            b = T.FusedMultiplyAdd(x[i + 1], y[i + 1], b);
            c = T.FusedMultiplyAdd(x[i + 2], y[i + 2], c);
            d = T.FusedMultiplyAdd(x[i + 3], y[i + 3], d);
        }

        a = i < x.Length ? T.FusedMultiplyAdd(x[i], y[i], a) : a;
        b = i + 1 < x.Length ? T.FusedMultiplyAdd(x[i + 1], y[i + 1], b) : b;
        c = i + 2 < x.Length ? T.FusedMultiplyAdd(x[i + 2], y[i + 2], c) : c;
        return a + b + (c + d);
    }

    /// <summary>(x, y) ← (c·x - s·y, s·x + c·y), the second product of each fused.</summary>
    public static void Rotate<T>(Span<T> x, Span<T> y, T c, T s)
        where T : IBinaryFloatingPointIeee754<T>
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            (T p, T q) = (x[i], y[i]);
            x[i] = T.FusedMultiplyAdd(-s, q, c * p);
            y[i] = T.FusedMultiplyAdd(s, p, c * q);
        }
    }

    /// <summary>√(x² + y²) without overflow on the way.</summary>
    public static T Hypot<T>(T x, T y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        (x, y) = (T.Abs(x), T.Abs(y));
        (T large, T small) = x > y ? (x, y) : (y, x);
        if (large == T.Zero)
        {
            return large;
        }

        T ratio = small / large;
        return large * T.Sqrt(T.FusedMultiplyAdd(ratio, ratio, T.One));
    }

    /// <summary>√Σ x² over <paramref name="count"/> elements, scaled by a power of two so that nothing overflows; in order.</summary>
    public static T Norm<T>(ReadOnlySpan<T> x, int stride, int count)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < count; i++)
        {
            largest = T.Max(largest, T.Abs(x[i * stride]));
        }

        if (largest == T.Zero || !T.IsFinite(largest))
        {
            return largest;
        }

        T scale = PowerOfTwoBelow(largest);
        T sum = T.Zero;
        for (int i = 0; i < count; i++)
        {
            T scaled = x[i * stride] / scale;
            sum = T.FusedMultiplyAdd(scaled, scaled, sum);
        }

        return T.Sqrt(sum) * scale;
    }

    /// <summary>A power of two near a positive number, at least the smallest whose reciprocal is finite: dividing by it rounds nothing above the subnormal numbers.</summary>
    public static T PowerOfTwoBelow<T>(T largest)
        where T : IBinaryFloatingPointIeee754<T>
    {
        int lowest = typeof(T) == typeof(float) ? -126 : -1022;
        return T.ScaleB(T.One, Math.Max(lowest, T.ILogB(largest)));
    }

    /// <summary>The largest magnitude; NaN if there is a NaN.</summary>
    public static T Largest<T>(ReadOnlySpan<T> x)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        foreach (T value in x)
        {
            largest = T.Max(largest, T.Abs(value));
        }

        return largest;
    }

    /// <summary>Turns a row's sign so that its element of largest magnitude, the first of equals, is positive. True when it turned.</summary>
    public static bool TurnPositive<T>(Span<T> row)
        where T : IBinaryFloatingPointIeee754<T>
    {
        int largest = 0;
        for (int i = 1; i < row.Length; i++)
        {
            largest = T.Abs(row[i]) > T.Abs(row[largest]) ? i : largest;
        }

        if (row.Length == 0 || row[largest] >= T.Zero)
        {
            return false;
        }

        Negate(row);
        return true;
    }

    public static void Negate<T>(Span<T> row)
        where T : IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in row)
        {
            value = -value;
        }
    }

    public static void Exchange<T>(Span<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }

    /// <summary>The identity on a rectangle with 1 along the diagonal.</summary>
    public static void Identity<T>(Span<T> a, int rows, int columns)
        where T : IBinaryFloatingPointIeee754<T>
    {
        a.Clear();
        for (int i = 0; i < Math.Min(rows, columns); i++)
        {
            a[(i * columns) + i] = T.One;
        }
    }

    public static void Transpose<T>(ReadOnlySpan<T> a, int rows, int columns, Span<T> result)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[(j * rows) + i] = a[(i * columns) + j];
            }
        }
    }
}
