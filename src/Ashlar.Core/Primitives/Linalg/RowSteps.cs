using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Primitives.Linalg;

/// <summary>The steps on rows of which the decompositions are made, each in one fixed order of exactly rounded operations.</summary>
static class RowSteps
{
    /// <summary>Lanes of a sum.</summary>
    public const int Lanes = 16;

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

    /// <summary>Σ x·y: sixteen lanes of fused multiply-adds from +0, lane = i mod 16, folded by halves: (0 + 8), …, then (0 + 4), ….</summary>
    [SkipLocalsInit]
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % Lanes] = T.FusedMultiplyAdd(x[i], y[i], lanes[i % Lanes]);
        }

        return Fold(lanes);
    }

    /// <summary>The sum of sixteen lanes, by halves.</summary>
    public static T Fold<T>(Span<T> lanes)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
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

    /// <summary>√(x² + y²), straight where no square can overflow or vanish.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Length<T>(T x, T y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T sum = T.FusedMultiplyAdd(x, x, y * y);
        bool isSafe = typeof(T) == typeof(float)
            ? (float)(object)sum is > 1e-25f and < 1e30f
            : (double)(object)sum is > 1e-250 and < 1e300;
        return isSafe ? T.Sqrt(sum) : Hypot(x, y);
    }

    /// <summary>√Σ x², scaled by a power of two so that nothing overflows; lanes as in <see cref="Dot"/>.</summary>
    [SkipLocalsInit]
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = Largest(x);
        if (largest == T.Zero || !T.IsFinite(largest))
        {
            return largest;
        }

        T scale = PowerOfTwoBelow(largest);
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            T scaled = x[i] / scale;
            lanes[i % Lanes] = T.FusedMultiplyAdd(scaled, scaled, lanes[i % Lanes]);
        }

        return T.Sqrt(Fold(lanes)) * scale;
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

    /// <summary>row ← row / divisor.</summary>
    public static void Divide<T>(Span<T> row, T divisor)
        where T : IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in row)
        {
            value /= divisor;
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
}
