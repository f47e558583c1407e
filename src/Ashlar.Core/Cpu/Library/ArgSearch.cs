using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>Finds the first winner along an axis with stride <c>inner</c>.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TPlace">An integer as wide as T, for places in vectors; where none is, columns are searched one by one.</typeparam>
/// <typeparam name="TExtremum">What wins.</typeparam>
static unsafe class ArgSearch<T, TPlace, TExtremum>
    where T : unmanaged, INumber<T>
    where TPlace : unmanaged, IBinaryInteger<TPlace>
    where TExtremum : struct, IExtremum
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* input, byte* output, int first, int end, int count, int inner)
    {
        T* x = (T*)input;
        long* y = (long*)output;
        if (inner == 1)
        {
            for (int row = first; row < end; row++)
            {
                y[row] = Row(x + ((nint)row * count), count);
            }

            return;
        }

        int width = Vector256<T>.Count;
        int outer = first / inner;
        for (int i = first; i < end; outer++)
        {
            int endOfPlane = (int)Math.Min(end, (outer + 1L) * inner);
            T* plane = x + ((nint)outer * count * inner) - ((nint)outer * inner);
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

    // Twice over a row that is in cache by then: first the winning value, then where it is. Equality finds +0 for -0, which is a tie.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static long Row(T* x, int count)
    {
        int width = Vector256<T>.Count;
        if (count < width)
        {
            return Column(x, count, 1);
        }

        Vector256<T> best = Vector256.Load(x);
        for (int i = width; i < count; i += width)
        {
            best = TExtremum.Combine(best, Vector256.Load(x + Math.Min(i, count - width)));
        }

        T winner = best.GetElement(0);
        for (int lane = 1; lane < width; lane++)
        {
            winner = TExtremum.Combine(winner, best.GetElement(lane));
        }

        bool nan = T.IsNaN(winner);
        var target = Vector256.Create(winner);
        for (int i = 0; ; i += width)
        {
            int start = Math.Min(i, count - width);
            Vector256<T> v = Vector256.Load(x + start);
            uint found = (nan ? ~Vector256.Equals(v, v) : Vector256.Equals(v, target)).ExtractMostSignificantBits();
            if (found != 0)
            {
                return start + BitOperations.TrailingZeroCount(found);
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
            if (TExtremum.Beats(*x, best))
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
            Vector256<T> beats = TExtremum.Beats(candidate, best);
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
