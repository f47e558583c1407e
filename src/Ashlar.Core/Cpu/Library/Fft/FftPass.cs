using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>One level of the transform on planes of real and imaginary parts: n = radix · m elements of s numbers each, with s transforms side by side.</summary>
/// <remarks>Stockham's order: butterfly p reads elements p, p + m, … and writes elements rp, rp + 1, …, so that the result needs no sorting. Each number sees the steps of the definition; q runs over independent ones.</remarks>
readonly unsafe struct FftPass<T>(int radix, int m, int s, T* turns, T* circle)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All butterflies, in the widest registers that s fills.</summary>
    /// <param name="from">Real and imaginary plane read.</param>
    /// <param name="to">Real and imaginary plane written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(Planes<T> from, Planes<T> to)
    {
        int q = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            q = Run<Lane512<T>>(from, to, q);
        }

        q = Run<Lane256<T>>(from, to, q);
        q = Run<Lane128<T>>(from, to, q);
        Run<LaneOfOne<T>>(from, to, q);
    }

    /// <summary>The first level of a single transform of radix 4, four butterflies at a time; the first left out.</summary>
    /// <param name="from">Real and imaginary plane read.</param>
    /// <param name="to">Real and imaginary plane written.</param>
    /// <param name="across">[3, 2, m]: the factors, those of neighbouring butterflies side by side.</param>
    /// <typeparam name="TLane">Four elements.</typeparam>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int RunFirst<TLane>(Planes<T> from, Planes<T> to, T* across)
        where TLane : unmanaged, ILane<TLane, T>
    {
        T* block = stackalloc T[32];
        T* imaginary = block + 16;
        int p = 0;
        for (; p <= m - 4; p += 4)
        {
            T* re = from.Re + p;
            T* im = from.Im + p;
            TLane ar = TLane.Load(re), ai = TLane.Load(im), br = TLane.Load(re + m), bi = TLane.Load(im + m);
            TLane cr = TLane.Load(re + (2 * m)), ci = TLane.Load(im + (2 * m)), dr = TLane.Load(re + (3 * m)), di = TLane.Load(im + (3 * m));
            TLane evenR = ar + cr, evenI = ai + ci, leftR = ar - cr, leftI = ai - ci;
            TLane oddR = br + dr, oddI = bi + di, rightR = br - dr, rightI = bi - di;
            T* turn = across + p;
            (evenR + oddR).Store(block);
            (evenI + oddI).Store(imaginary);
            Turn(leftR + rightI, leftI - rightR, TLane.Load(turn), TLane.Load(turn + m), block + 4, imaginary + 4);
            turn += 2 * m;
            Turn(evenR - oddR, evenI - oddI, TLane.Load(turn), TLane.Load(turn + m), block + 8, imaginary + 8);
            turn += 2 * m;
            Turn(leftR - rightI, leftI + rightR, TLane.Load(turn), TLane.Load(turn + m), block + 12, imaginary + 12);
            QuadTranspose<T>.Run(block, to.Re + (4 * p));
            QuadTranspose<T>.Run(imaginary, to.Im + (4 * p));
        }

        return p;
    }

    /// <summary>Butterflies from number <paramref name="p"/> on, one number at a time.</summary>
    public void RunRest(Planes<T> from, Planes<T> to, int p)
    {
        for (; p < m; p++)
        {
            Four<LaneOfOne<T>>(from, to, p, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Run<TLane>(Planes<T> from, Planes<T> to, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        if (s - q < TLane.Count)
        {
            return q;
        }

        int end = q;
        for (int p = 0; p < m; p++)
        {
            end = radix switch
            {
                4 => Four<TLane>(from, to, p, q),
                2 => Two<TLane>(from, to, p, q),
                _ => Odd<TLane>(from, to, p, q),
            };
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Two<TLane>(Planes<T> from, Planes<T> to, int p, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        T* re = from.Re + ((nint)p * s);
        T* im = from.Im + ((nint)p * s);
        T* toRe = to.Re + ((nint)2 * p * s);
        T* toIm = to.Im + ((nint)2 * p * s);
        nint stride = (nint)m * s;
        TLane cos = TLane.Broadcast(turns[2 * p]), sin = TLane.Broadcast(turns[(2 * p) + 1]);
        for (; q <= s - TLane.Count; q += TLane.Count)
        {
            TLane ar = TLane.Load(re + q), ai = TLane.Load(im + q), br = TLane.Load(re + stride + q), bi = TLane.Load(im + stride + q);
            (ar + br).Store(toRe + q);
            (ai + bi).Store(toIm + q);
            if (m == 1)
            {
                (ar - br).Store(toRe + s + q);
                (ai - bi).Store(toIm + s + q);
            }
            else
            {
                Turn(ar - br, ai - bi, cos, sin, toRe + s + q, toIm + s + q);
            }
        }

        return q;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Four<TLane>(Planes<T> from, Planes<T> to, int p, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        T* re = from.Re + ((nint)p * s);
        T* im = from.Im + ((nint)p * s);
        T* toRe = to.Re + ((nint)4 * p * s);
        T* toIm = to.Im + ((nint)4 * p * s);
        nint stride = (nint)m * s;
        T* turn = turns + ((nint)6 * p);
        TLane cos1 = TLane.Broadcast(turn[0]), sin1 = TLane.Broadcast(turn[1]), cos2 = TLane.Broadcast(turn[2]);
        TLane sin2 = TLane.Broadcast(turn[3]), cos3 = TLane.Broadcast(turn[4]), sin3 = TLane.Broadcast(turn[5]);
        for (; q <= s - TLane.Count; q += TLane.Count)
        {
            TLane ar = TLane.Load(re + q), ai = TLane.Load(im + q);
            TLane br = TLane.Load(re + stride + q), bi = TLane.Load(im + stride + q);
            TLane cr = TLane.Load(re + (2 * stride) + q), ci = TLane.Load(im + (2 * stride) + q);
            TLane dr = TLane.Load(re + (3 * stride) + q), di = TLane.Load(im + (3 * stride) + q);
            TLane evenR = ar + cr, evenI = ai + ci, leftR = ar - cr, leftI = ai - ci;
            TLane oddR = br + dr, oddI = bi + di, rightR = br - dr, rightI = bi - di;
            T* atRe = toRe + q;
            T* atIm = toIm + q;
            (evenR + oddR).Store(atRe);
            (evenI + oddI).Store(atIm);
            if (m == 1)
            {
                (leftR + rightI).Store(atRe + s);
                (leftI - rightR).Store(atIm + s);
                (evenR - oddR).Store(atRe + (2 * (nint)s));
                (evenI - oddI).Store(atIm + (2 * (nint)s));
                (leftR - rightI).Store(atRe + (3 * (nint)s));
                (leftI + rightR).Store(atIm + (3 * (nint)s));
            }
            else
            {
                Turn(leftR + rightI, leftI - rightR, cos1, sin1, atRe + s, atIm + s);
                Turn(evenR - oddR, evenI - oddI, cos2, sin2, atRe + (2 * (nint)s), atIm + (2 * (nint)s));
                Turn(leftR - rightI, leftI + rightR, cos3, sin3, atRe + (3 * (nint)s), atIm + (3 * (nint)s));
            }
        }

        return q;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Odd<TLane>(Planes<T> from, Planes<T> to, int p, int q)
        where TLane : unmanaged, ILane<TLane, T>
    {
        // Sums and differences of elements j and r - j: real, imaginary, real, imaginary.
        int half = radix / 2;
        TLane* pairs = stackalloc TLane[4 * half];
        T* turn = turns + ((nint)2 * p * (radix - 1));
        from = from.At((nint)p * s);
        to = to.At((nint)radix * p * s);
        nint stride = (nint)m * s;
        for (; q <= s - TLane.Count; q += TLane.Count)
        {
            TLane firstR = TLane.Load(from.Re + q), firstI = TLane.Load(from.Im + q);
            TLane totalR = firstR, totalI = firstI;
            for (int j = 1; j <= half; j++)
            {
                nint low = (j * stride) + q;
                nint high = ((radix - j) * stride) + q;
                TLane lowR = TLane.Load(from.Re + low), lowI = TLane.Load(from.Im + low);
                TLane highR = TLane.Load(from.Re + high), highI = TLane.Load(from.Im + high);
                TLane* pair = pairs + (4 * (j - 1));
                pair[0] = lowR + highR;
                pair[1] = lowI + highI;
                pair[2] = lowR - highR;
                pair[3] = lowI - highI;
                totalR += pair[0];
                totalI += pair[1];
            }

            totalR.Store(to.Re + q);
            totalI.Store(to.Im + q);
            for (int k = 1; k <= half; k++)
            {
                TLane cosR = firstR, cosI = firstI, sinR = default, sinI = default;
                int place = 0;
                for (int j = 1; j <= half; j++)
                {
                    place += k;
                    place -= place >= radix ? radix : 0;
                    TLane cos = TLane.Broadcast(circle[2 * place]), sin = TLane.Broadcast(circle[(2 * place) + 1]);
                    TLane* pair = pairs + (4 * (j - 1));
                    cosR = TLane.Fma(cos, pair[0], cosR);
                    cosI = TLane.Fma(cos, pair[1], cosI);
                    sinR = j == 1 ? sin * pair[2] : TLane.Fma(sin, pair[2], sinR);
                    sinI = j == 1 ? sin * pair[3] : TLane.Fma(sin, pair[3], sinI);
                }

                Put(cosR + sinI, cosI - sinR, to, (k * (nint)s) + q, turn + (2 * (k - 1)));
                Put(cosR - sinI, cosI + sinR, to, ((radix - k) * (nint)s) + q, turn + (2 * (radix - k - 1)));
            }
        }

        return q;
    }

    // The last level has nothing to turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Put<TLane>(TLane re, TLane im, Planes<T> to, nint place, T* turn)
        where TLane : unmanaged, ILane<TLane, T>
    {
        if (m == 1)
        {
            re.Store(to.Re + place);
            im.Store(to.Im + place);
        }
        else
        {
            Turn(re, im, TLane.Broadcast(turn[0]), TLane.Broadcast(turn[1]), to.Re + place, to.Im + place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Turn<TLane>(TLane re, TLane im, TLane cos, TLane sin, T* toRe, T* toIm)
        where TLane : unmanaged, ILane<TLane, T>
    {
        TLane.Fma(re, cos, -(im * sin)).Store(toRe);
        TLane.Fma(re, sin, im * cos).Store(toIm);
    }
}
