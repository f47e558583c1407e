using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>From the transform of n/2 pairs of neighbours to that of n real numbers, and back: see <see cref="RealFftLaw{T}"/>. Planes hold s rows side by side.</summary>
/// <typeparam name="T">float or double.</typeparam>
sealed unsafe class HalfTurns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int _half;
    readonly bool _inverse;
    readonly T _factor;
    readonly T[] _re;
    readonly T[] _im;

    /// <param name="count">n, even.</param>
    /// <param name="inverse">Whether from the transform of n numbers to that of n/2 pairs.</param>
    /// <param name="factor">What an inverse multiplies by.</param>
    public HalfTurns(int count, bool inverse, double factor)
    {
        _half = count / 2;
        _inverse = inverse;
        _factor = T.CreateTruncating(factor);
        _re = GC.AllocateUninitializedArray<T>(_half, pinned: true);
        _im = GC.AllocateUninitializedArray<T>(_half, pinned: true);
        for (int k = 0; k < _half; k++)
        {
            (_re[k], _im[k]) = inverse ? RealFftLaw<T>.InverseFactor(k, count) : RealFftLaw<T>.ForwardFactor(k, count);
        }
    }

    /// <param name="from">[n/2, s], or [n/2 + 1, s] where this is an inverse.</param>
    /// <param name="to">[n/2 + 1, s], or [n/2, s].</param>
    /// <param name="s">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(Planes<T> from, Planes<T> to, int s)
    {
        for (int q = 0; q < s; q++)
        {
            Ends(from.At(q), to.At(q), s);
        }

        if (s == 1)
        {
            int k = 1;
            k = Vector512.IsHardwareAccelerated ? Along<Lane512<T>>(from, to, k) : k;
            k = Along<Lane256<T>>(from, to, k);
            Along<LaneOfOne<T>>(from, to, k);
        }
        else
        {
            int q = Vector512.IsHardwareAccelerated ? Across<Lane512<T>>(from, to, s, 0) : 0;
            q = Across<Lane256<T>>(from, to, s, q);
            q = Across<Lane128<T>>(from, to, s, q);
            Across<LaneOfOne<T>>(from, to, s, q);
        }
    }

    void Ends(Planes<T> from, Planes<T> to, int s)
    {
        nint last = (nint)_half * s;
        if (_inverse)
        {
            (T first, T middle) = (from.Re[0], from.Re[last]);
            to.Re[0] = (first + middle) * _factor;
            to.Im[0] = (first - middle) * _factor;
        }
        else
        {
            (T re, T im) = (from.Re[0], from.Im[0]);
            to.Re[0] = re + im;
            to.Re[last] = re - im;
            to.Im[0] = T.Zero;
            to.Im[last] = T.Zero;
        }
    }

    // Neighbouring elements of one row, with their partners from the other end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Along<TLane>(Planes<T> from, Planes<T> to, int k)
        where TLane : unmanaged, ILane<TLane, T>
    {
        fixed (T* re = _re, im = _im)
        {
            for (; k <= _half - TLane.Count; k += TLane.Count)
            {
                int l = _half - k - TLane.Count + 1;
                TLane partnerR = TLane.Load(from.Re + l).Reversed(), partnerI = TLane.Load(from.Im + l).Reversed();
                Turn(TLane.Load(from.Re + k), TLane.Load(from.Im + k), partnerR, partnerI, TLane.Load(re + k), TLane.Load(im + k), to.Re + k, to.Im + k);
            }
        }

        return k;
    }

    // One element of neighbouring rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Across<TLane>(Planes<T> from, Planes<T> to, int s, int first)
        where TLane : unmanaged, ILane<TLane, T>
    {
        int end = first + ((s - first) / TLane.Count * TLane.Count);
        for (int k = 1; k < _half && end > first; k++)
        {
            nint here = (nint)k * s;
            nint there = (nint)(_half - k) * s;
            TLane re = TLane.Broadcast(_re[k]), im = TLane.Broadcast(_im[k]);
            for (int q = first; q < end; q += TLane.Count)
            {
                TLane partnerR = TLane.Load(from.Re + there + q), partnerI = TLane.Load(from.Im + there + q);
                Turn(TLane.Load(from.Re + here + q), TLane.Load(from.Im + here + q), partnerR, partnerI, re, im, to.Re + here + q, to.Im + here + q);
            }
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Turn<TLane>(TLane re, TLane im, TLane partnerR, TLane partnerI, TLane turnR, TLane turnI, T* toRe, T* toIm)
        where TLane : unmanaged, ILane<TLane, T>
    {
        TLane sumR = re + partnerR, sumI = im - partnerI, differenceR = re - partnerR, differenceI = im + partnerI;
        TLane factor = TLane.Broadcast(_inverse ? _factor : T.CreateTruncating(0.5));
        if (!_inverse)
        {
            sumR = factor * sumR;
            sumI = factor * sumI;
        }

        TLane resultR = TLane.Fma(-turnI, differenceI, TLane.Fma(turnR, differenceR, sumR));
        TLane resultI = TLane.Fma(turnI, differenceR, TLane.Fma(turnR, differenceI, sumI));
        if (_inverse)
        {
            resultR *= factor;
            resultI *= factor;
        }

        resultR.Store(toRe);
        resultI.Store(toIm);
    }
}
