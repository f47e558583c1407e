using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>One level of the transform on planes of real and imaginary parts: n elements of s numbers each, with s transforms side by side.</summary>
/// <remarks>Stockham's order: butterfly p reads elements p, p + m, … and writes elements rp, rp + 1, …, so that the result needs no sorting. Each number sees the steps of the definition; q runs over independent ones.</remarks>
readonly unsafe struct FftPass<T>(int radix, int m, T* turns, T* circle)
    where T : unmanaged
{
    /// <summary>Butterfly p for numbers q up to s; the numbers done.</summary>
    /// <param name="from">Real and imaginary plane read.</param>
    /// <param name="to">Real and imaginary plane written.</param>
    /// <param name="p">In [0, m).</param>
    /// <param name="s">Numbers of an element.</param>
    /// <param name="q">Where to begin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Run<TLane>(Planes<T> from, Planes<T> to, int p, int s, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        T* turn = turns + ((nint)2 * p * (radix - 1));
        nint read = (nint)p * s;
        nint write = (nint)radix * p * s;
        nint stride = (nint)m * s;
        return radix switch
        {
            4 => Four<TLane>(from.At(read), to.At(write), stride, s, turn, q),
            2 => Two<TLane>(from.At(read), to.At(write), stride, s, turn, q),
            _ => Odd<TLane>(from.At(read), to.At(write), stride, s, turn, q),
        };
    }

    int Two<TLane>(Planes<T> from, Planes<T> to, nint stride, int s, T* turn, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        for (; q <= s - TLane.Count; q += TLane.Count)
        {
            (TLane ar, TLane ai) = (TLane.Load(from.Re + q), TLane.Load(from.Im + q));
            (TLane br, TLane bi) = (TLane.Load(from.Re + stride + q), TLane.Load(from.Im + stride + q));
            Store(ar + br, ai + bi, to, q);
            StoreTurned(ar - br, ai - bi, to, s + q, turn);
        }

        return q;
    }

    int Four<TLane>(Planes<T> from, Planes<T> to, nint stride, int s, T* turn, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        for (; q <= s - TLane.Count; q += TLane.Count)
        {
            T* re = from.Re + q;
            T* im = from.Im + q;
            (TLane ar, TLane ai) = (TLane.Load(re), TLane.Load(im));
            (TLane br, TLane bi) = (TLane.Load(re + stride), TLane.Load(im + stride));
            (TLane cr, TLane ci) = (TLane.Load(re + (2 * stride)), TLane.Load(im + (2 * stride)));
            (TLane dr, TLane di) = (TLane.Load(re + (3 * stride)), TLane.Load(im + (3 * stride)));
            (TLane evenR, TLane evenI) = (ar + cr, ai + ci);
            (TLane leftR, TLane leftI) = (ar - cr, ai - ci);
            (TLane oddR, TLane oddI) = (br + dr, bi + di);
            (TLane rightR, TLane rightI) = (br - dr, bi - di);
            Store(evenR + oddR, evenI + oddI, to, q);
            StoreTurned(leftR + rightI, leftI - rightR, to, s + q, turn);
            StoreTurned(evenR - oddR, evenI - oddI, to, (2 * (nint)s) + q, turn + 2);
            StoreTurned(leftR - rightI, leftI + rightR, to, (3 * (nint)s) + q, turn + 4);
        }

        return q;
    }

    int Odd<TLane>(Planes<T> from, Planes<T> to, nint stride, int s, T* turn, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        // Sums and differences of elements j and r - j: real, imaginary, real, imaginary.
        int half = radix / 2;
        TLane* pairs = stackalloc TLane[4 * half];
        for (; q <= s - TLane.Count; q += TLane.Count)
        {
            (TLane firstR, TLane firstI) = (TLane.Load(from.Re + q), TLane.Load(from.Im + q));
            (TLane totalR, TLane totalI) = (firstR, firstI);
            for (int j = 1; j <= half; j++)
            {
                nint low = (j * stride) + q;
                nint high = ((radix - j) * stride) + q;
                (TLane lowR, TLane lowI) = (TLane.Load(from.Re + low), TLane.Load(from.Im + low));
                (TLane highR, TLane highI) = (TLane.Load(from.Re + high), TLane.Load(from.Im + high));
                TLane* pair = pairs + (4 * (j - 1));
                (pair[0], pair[1]) = (lowR + highR, lowI + highI);
                (pair[2], pair[3]) = (lowR - highR, lowI - highI);
                (totalR, totalI) = (totalR + pair[0], totalI + pair[1]);
            }

            Store(totalR, totalI, to, q);
            for (int k = 1; k <= half; k++)
            {
                (TLane cosR, TLane cosI) = (firstR, firstI);
                (TLane sinR, TLane sinI) = (default, default);
                for (int j = 1; j <= half; j++)
                {
                    T* place = circle + (2 * (j * k % radix));
                    (TLane cos, TLane sin) = (TLane.Broadcast(place[0]), TLane.Broadcast(place[1]));
                    TLane* pair = pairs + (4 * (j - 1));
                    (cosR, cosI) = (TLane.Fma(cos, pair[0], cosR), TLane.Fma(cos, pair[1], cosI));
                    (sinR, sinI) = j == 1
                        ? (sin * pair[2], sin * pair[3])
                        : (TLane.Fma(sin, pair[2], sinR), TLane.Fma(sin, pair[3], sinI));
                }

                StoreTurned(cosR + sinI, cosI - sinR, to, (k * (nint)s) + q, turn + (2 * (k - 1)));
                StoreTurned(cosR - sinI, cosI + sinR, to, ((radix - k) * (nint)s) + q, turn + (2 * (radix - k - 1)));
            }
        }

        return q;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TLane>(TLane re, TLane im, Planes<T> to, nint place)
        where TLane : unmanaged, ILane<TLane, T>
    {
        re.Store(to.Re + place);
        im.Store(to.Im + place);
    }

    // The last level has nothing to turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void StoreTurned<TLane>(TLane re, TLane im, Planes<T> to, nint place, T* turn)
        where TLane : unmanaged, ILane<TLane, T>
    {
        if (m == 1)
        {
            Store(re, im, to, place);
        }
        else
        {
            (TLane cos, TLane sin) = (TLane.Broadcast(turn[0]), TLane.Broadcast(turn[1]));
            Store(TLane.Fma(re, cos, -(im * sin)), TLane.Fma(re, sin, im * cos), to, place);
        }
    }
}
