using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Finds the first winner along an axis, for contiguous rows and for columns side by side.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TPlace">An integer as wide as T, for places in vectors; where none is, columns are searched one by one.</typeparam>
/// <typeparam name="TExtremum">What wins.</typeparam>
static unsafe class ColumnSearch<T, TPlace, TExtremum>
    where T : unmanaged, INumber<T>
    where TPlace : unmanaged, IBinaryInteger<TPlace>
    where TExtremum : struct, IExtremum<T>
{
    // Up to here one element after the other is faster than a search by blocks.
    const int ShortRow = 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* input, byte* output, int first, int end, int count, int inner)
    {
        T* x = (T*)input;
        long* y = (long*)output;
        if (inner == 1)
        {
            for (int row = first; row < end; row++)
            {
                T* p = x + ((nint)row * count);
                y[row] = count <= ShortRow ? Column(p, count, 1) : ArgReduction.ReduceRow<T, TExtremum>(p, count);
            }

            return;
        }

        int width = Vector256<T>.Count;
        int outer = first / inner;
        for (int i = first; i < end; outer++)
        {
            int endOfPlane = (int)Math.Min(end, (outer + 1L) * inner);
            T* plane = x + ((nint)outer * (count - 1) * inner);
            if (sizeof(T) == sizeof(TPlace))
            {
                for (; i + width <= endOfPlane; i += width)
                {
                    Columns(plane + i, count, inner, y + i);
                }
            }

            for (; i < endOfPlane; i++)
            {
                y[i] = Column(plane + i, count, inner);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static long Column(T* x, int count, int stride)
    {
        T best = *x;
        long winner = 0;
        for (int k = 1; k < count; k++)
        {
            x += stride;
            if (FirstWinner.Beats<T, TExtremum>(*x, best))
            {
                best = *x;
                winner = k;
            }
        }

        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Columns(T* x, int count, int stride, long* y)
    {
        Vector256<T> best = Vector256.Load(x);
        Vector256<TPlace> winner = Vector256<TPlace>.Zero;
        Vector256<TPlace> place = winner;
        for (int k = 1; k < count; k++)
        {
            x += stride;
            place += Vector256<TPlace>.One;
            Vector256<T> candidate = Vector256.Load(x);
            Vector256<T> beats = FirstWinner.Beats<T, TExtremum>(candidate, best);
            best = Vector256.ConditionalSelect(beats, candidate, best);
            winner = Vector256.ConditionalSelect(beats.As<T, TPlace>(), place, winner);
        }

        if (sizeof(TPlace) == sizeof(long))
        {
            winner.AsInt64().Store(y);
        }
        else
        {
            (Vector256<long> lower, Vector256<long> upper) = Vector256.Widen(winner.AsInt32());
            lower.Store(y);
            upper.Store(y + Vector256<long>.Count);
        }
    }
}
