using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Substitution with a small triangle, on strips of columns that stay in the first-level cache.</summary>
static unsafe class StripSolve<T, TLane>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Most rows of a triangle.</summary>
    public const int Block = 32;

    /// <summary>Row i takes one fused multiply-add for each row k before it, in order, and is divided by its diagonal.</summary>
    /// <param name="factors">[count, count]: what row k is multiplied by for row i, read for k &lt; i.</param>
    /// <param name="diagonal">[count], or null where nothing is divided.</param>
    /// <param name="count">Rows, at most <see cref="Block"/>.</param>
    /// <param name="x">The first row to be known.</param>
    /// <param name="step">Elements from one row to the next to be known; may be negative.</param>
    /// <param name="columns">Columns of x.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* factors, T* diagonal, int count, T* x, nint step, int columns)
    {
        int j = 0;
        for (; j <= columns - (4 * TLane.Count); j += 4 * TLane.Count)
        {
            Wide(factors, diagonal, count, x + j, step);
        }

        for (; j <= columns - TLane.Count; j += TLane.Count)
        {
            Narrow<TLane>(factors, diagonal, count, x + j, step);
        }

        for (; j < columns; j++)
        {
            Narrow<LaneOfOne<T>>(factors, diagonal, count, x + j, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Wide(T* factors, T* diagonal, int count, T* x, nint step)
    {
        int n = TLane.Count;
        T* row = x;
        for (int i = 0; i < count; i++)
        {
            TLane a = TLane.Load(row), b = TLane.Load(row + n), c = TLane.Load(row + (2 * n)), d = TLane.Load(row + (3 * n));
            T* known = x;
            for (int k = 0; k < i; k++)
            {
                TLane factor = TLane.Broadcast(factors[k]);
                a = TLane.Fma(factor, TLane.Load(known), a);
                b = TLane.Fma(factor, TLane.Load(known + n), b);
                c = TLane.Fma(factor, TLane.Load(known + (2 * n)), c);
                d = TLane.Fma(factor, TLane.Load(known + (3 * n)), d);
                known += step;
            }

            if (diagonal != null)
            {
                TLane divisor = TLane.Broadcast(diagonal[i]);
                (a, b, c, d) = (a / divisor, b / divisor, c / divisor, d / divisor);
            }

            a.Store(row);
            b.Store(row + n);
            c.Store(row + (2 * n));
            d.Store(row + (3 * n));
            row += step;
            factors += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Narrow<TOne>(T* factors, T* diagonal, int count, T* x, nint step)
        where TOne : unmanaged, ILane<TOne, T>
    {
        T* row = x;
        for (int i = 0; i < count; i++)
        {
            TOne a = TOne.Load(row);
            T* known = x;
            for (int k = 0; k < i; k++)
            {
                a = TOne.Fma(TOne.Broadcast(factors[k]), TOne.Load(known), a);
                known += step;
            }

            (diagonal == null ? a : a / TOne.Broadcast(diagonal[i])).Store(row);
            row += step;
            factors += count;
        }
    }
}
