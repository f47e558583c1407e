using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>The steps of <see cref="RowSteps"/> in registers. Sums have sixteen lanes, which are one, two or four registers.</summary>
static unsafe class RowKernels<T, TLane>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Registers of a sum.</summary>
    public static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RowSteps.Lanes / TLane.Count;
    }

    /// <summary>Σ x·y.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot(T* x, T* y, int count)
    {
        TLane a = TLane.Broadcast(T.Zero), b = a, c = a, d = a;
        int i = 0;
        for (; i <= count - RowSteps.Lanes; i += RowSteps.Lanes)
        {
            Accumulate(x + i, y + i, ref a, ref b, ref c, ref d);
        }

        if (i == count)
        {
            return Fold(a, b, c, d);
        }

        T* lanes = stackalloc T[RowSteps.Lanes];
        Store(a, b, c, d, lanes);
        for (int lane = 0; i < count; i++, lane++)
        {
            lanes[lane] = T.FusedMultiplyAdd(x[i], y[i], lanes[lane]);
        }

        return RowSteps.Fold(new Span<T>(lanes, RowSteps.Lanes));
    }

    /// <summary>y ← fma(factor, x, y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T factor, T* x, T* y, int count)
    {
        TLane factors = TLane.Broadcast(factor);
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            TLane.Fma(factors, TLane.Load(x + i), TLane.Load(y + i)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = T.FusedMultiplyAdd(factor, x[i], y[i]);
        }
    }

    /// <summary>x ← x / divisor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(T* x, T divisor, int count)
    {
        TLane divisors = TLane.Broadcast(divisor);
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            (TLane.Load(x + i) / divisors).Store(x + i);
        }

        for (; i < count; i++)
        {
            x[i] /= divisor;
        }
    }

    /// <summary>The largest magnitude, NaN passed over; 0 of nothing.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Largest(T* x, int count)
    {
        TLane most = TLane.Broadcast(T.Zero);
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            most = TLane.LargerMagnitude(TLane.Load(x + i), most);
        }

        T* lanes = stackalloc T[RowSteps.Lanes];
        most.Store(lanes);
        T largest = T.Zero;
        for (int k = 0; k < TLane.Count; k++)
        {
            largest = lanes[k] > largest ? lanes[k] : largest;
        }

        for (; i < count; i++)
        {
            T magnitude = T.Abs(x[i]);
            largest = magnitude > largest ? magnitude : largest;
        }

        return largest;
    }

    /// <summary>Whether there is neither a NaN nor an infinity: either makes its product with zero a NaN.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsFinite(T* x, int count)
    {
        TLane zero = TLane.Broadcast(T.Zero);
        TLane sum = zero;
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            sum = TLane.Fma(TLane.Load(x + i), zero, sum);
        }

        T* lanes = stackalloc T[RowSteps.Lanes];
        sum.Store(lanes);
        T rest = T.Zero;
        for (int k = 0; k < TLane.Count; k++)
        {
            rest += lanes[k];
        }

        for (; i < count; i++)
        {
            rest += x[i] * T.Zero;
        }

        return rest == T.Zero;
    }

    /// <summary>y ← fma(x, x, y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares(T* x, T* y, int count)
    {
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            TLane value = TLane.Load(x + i);
            TLane.Fma(value, value, TLane.Load(y + i)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = T.FusedMultiplyAdd(x[i], x[i], y[i]);
        }
    }

    /// <summary>y ← x/2 + y/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddHalves(T* x, T* y, int count)
    {
        T half = T.CreateTruncating(0.5);
        TLane halves = TLane.Broadcast(half);
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            ((halves * TLane.Load(x + i)) + (halves * TLane.Load(y + i))).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (half * x[i]) + (half * y[i]);
        }
    }

    /// <summary><see cref="RowSteps.Norm{T}"/>.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Norm(T* x, int count)
    {
        T largest = Largest(x, count);
        if (largest == T.Zero || !T.IsFinite(largest))
        {
            return RowSteps.Norm(new ReadOnlySpan<T>(x, count));
        }

        T scale = RowSteps.PowerOfTwoBelow(largest);
        TLane scales = TLane.Broadcast(scale);
        TLane a = TLane.Broadcast(T.Zero), b = a, c = a, d = a;
        int i = 0;
        for (; i <= count - RowSteps.Lanes; i += RowSteps.Lanes)
        {
            TLane v = TLane.Load(x + i) / scales;
            a = TLane.Fma(v, v, a);
            if (Registers > 1)
            {
                v = TLane.Load(x + i + TLane.Count) / scales;
                b = TLane.Fma(v, v, b);
            }

            if (Registers > 2)
            {
                v = TLane.Load(x + i + (2 * TLane.Count)) / scales;
                c = TLane.Fma(v, v, c);
                v = TLane.Load(x + i + (3 * TLane.Count)) / scales;
                d = TLane.Fma(v, v, d);
            }
        }

        T* lanes = stackalloc T[RowSteps.Lanes];
        Store(a, b, c, d, lanes);
        for (; i < count; i++)
        {
            T scaled = x[i] / scale;
            lanes[i % RowSteps.Lanes] = T.FusedMultiplyAdd(scaled, scaled, lanes[i % RowSteps.Lanes]);
        }

        T sum = RowSteps.Fold(new Span<T>(lanes, RowSteps.Lanes));

        // A NaN was passed over in the largest magnitude and shows in the sum; the definition says what then.
        return T.IsNaN(sum) ? RowSteps.Norm(new ReadOnlySpan<T>(x, count)) : T.Sqrt(sum) * scale;
    }

    /// <summary><see cref="Householder.Reflector{T}"/>.</summary>
    public static T Reflector(T* x, int count)
    {
        T tail = Norm(x + 1, count - 1);
        if (tail == T.Zero)
        {
            return T.Zero;
        }

        T first = x[0];
        T norm = RowSteps.Hypot(first, tail);
        T beta = first >= T.Zero ? -norm : norm;
        Divide(x + 1, first - beta, count - 1);
        x[0] = beta;
        return (beta - first) / beta;
    }

    /// <summary><see cref="MatrixSteps{T}.ReflectThree"/>; null for no bottom row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReflectThree(T* top, T* middle, T* bottom, int count, (T X, T Y, T Z) u, (T Y, T Z) v)
    {
        int j = 0;
        for (; j <= count - TLane.Count; j += TLane.Count)
        {
            ReflectThree<TLane>(top + j, middle + j, bottom == null ? null : bottom + j, u, v);
        }

        for (; j < count; j++)
        {
            ReflectThree<LaneOfOne<T>>(top + j, middle + j, bottom == null ? null : bottom + j, u, v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ReflectThree<TOne>(T* top, T* middle, T* bottom, (T X, T Y, T Z) u, (T Y, T Z) v)
        where TOne : unmanaged, ILane<TOne, T>
    {
        TOne x = TOne.Load(top), y = TOne.Load(middle);
        TOne sum = TOne.Fma(TOne.Broadcast(v.Y), y, x);
        if (bottom != null)
        {
            TOne z = TOne.Load(bottom);
            sum = TOne.Fma(TOne.Broadcast(v.Z), z, sum);
            TOne.Fma(-sum, TOne.Broadcast(u.Z), z).Store(bottom);
        }

        TOne.Fma(-sum, TOne.Broadcast(u.X), x).Store(top);
        TOne.Fma(-sum, TOne.Broadcast(u.Y), y).Store(middle);
    }

    /// <summary><see cref="RowSteps.TurnPositive{T}"/> of finite numbers.</summary>
    public static bool TurnPositive(T* row, int count)
    {
        T largest = Largest(row, count);
        int place = 0;
        while (place < count && T.Abs(row[place]) != largest)
        {
            place++;
        }

        if (place == count || row[place] >= T.Zero)
        {
            return false;
        }

        Divide(row, -T.One, count);
        return true;
    }

    /// <summary>Adds the products of sixteen neighbours to the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(T* x, T* y, ref TLane a, ref TLane b, ref TLane c, ref TLane d)
    {
        a = TLane.Fma(TLane.Load(x), TLane.Load(y), a);
        if (Registers > 1)
        {
            b = TLane.Fma(TLane.Load(x + TLane.Count), TLane.Load(y + TLane.Count), b);
        }

        if (Registers > 2)
        {
            c = TLane.Fma(TLane.Load(x + (2 * TLane.Count)), TLane.Load(y + (2 * TLane.Count)), c);
            d = TLane.Fma(TLane.Load(x + (3 * TLane.Count)), TLane.Load(y + (3 * TLane.Count)), d);
        }
    }

    /// <summary>The sum of the sixteen lanes in one to four registers, by halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fold(TLane a, TLane b, TLane c, TLane d)
    {
        if (Registers > 2)
        {
            a += c;
            b += d;
        }

        return (Registers > 1 ? a + b : a).SumByHalves();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(TLane a, TLane b, TLane c, TLane d, T* lanes)
    {
        a.Store(lanes);
        if (Registers > 1)
        {
            b.Store(lanes + TLane.Count);
        }

        if (Registers > 2)
        {
            c.Store(lanes + (2 * TLane.Count));
            d.Store(lanes + (3 * TLane.Count));
        }
    }
}
