using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>A transform of a length with a large prime, as a convolution with a chirp.</summary>
sealed unsafe class FftChirp<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int _length;
    readonly FftLevels<T> _levels;
    readonly (T[] Re, T[] Im) _chirp;
    readonly (T[] Re, T[] Im) _filter;

    /// <param name="length">≥ 1.</param>
    public FftChirp(int length)
    {
        _length = length;
        int room = FftFactors.ChirpLength(length);
        _levels = new FftLevels<T>(room, FftFactors.Of(room)!);
        (double Cos, double Sin)[] chirp = FftLaw<T>.ChirpOf(length);
        _chirp = (Array.ConvertAll(chirp, turn => T.CreateTruncating(turn.Cos)), Array.ConvertAll(chirp, turn => T.CreateTruncating(-turn.Sin)));
        (double[] re, double[] im) = FftLaw<T>.FilterOf(chirp, room);
        _filter = (Array.ConvertAll(re, T.CreateTruncating), Array.ConvertAll(im, T.CreateTruncating));
    }

    /// <summary>Elements of room that a sequence takes.</summary>
    public int Room => _levels.Length;

    /// <summary>Transforms s sequences side by side.</summary>
    /// <param name="data">[room, s], of which the first [length, s] are given; overwritten.</param>
    /// <param name="other">Room for as many.</param>
    /// <param name="s">How many sequences.</param>
    /// <returns>Which of the two holds the result, [length, s].</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Planes<T> Run(Planes<T> data, Planes<T> other, int s)
    {
        Turn(data, _chirp, s);
        int rest = (Room - _length) * s;
        new Span<T>(data.Re + ((nint)_length * s), rest).Clear();
        new Span<T>(data.Im + ((nint)_length * s), rest).Clear();
        Planes<T> spectrum = _levels.Run(data, other, s);
        Planes<T> free = spectrum.Re == data.Re ? other : data;
        Turn(spectrum, _filter, s);
        Planes<T> result = _levels.Run(spectrum.Exchanged, free.Exchanged, s).Exchanged;
        Turn(result, _chirp, s);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(Planes<T> data, (T[] Re, T[] Im) factors, int s)
    {
        fixed (T* re = factors.Re, im = factors.Im)
        {
            int done = 0;
            if (s == 1)
            {
                done = Along<Lane256<T>>(data, re, im, factors.Re.Length);
            }

            for (int j = done; j < factors.Re.Length; j++)
            {
                Across(data.At((nint)j * s), re[j], im[j], s);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Along<TLane>(Planes<T> data, T* factorRe, T* factorIm, int count)
        where TLane : unmanaged, ILane<TLane, T>
    {
        int j = 0;
        for (; j <= count - TLane.Count; j += TLane.Count)
        {
            Multiply(data.At(j), TLane.Load(factorRe + j), TLane.Load(factorIm + j));
        }

        return j;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Across(Planes<T> data, T factorRe, T factorIm, int s)
    {
        int q = 0;
        for (; q <= s - Lane128<T>.Count; q += Lane128<T>.Count)
        {
            Multiply(data.At(q), Lane128<T>.Broadcast(factorRe), Lane128<T>.Broadcast(factorIm));
        }

        for (; q < s; q++)
        {
            Multiply(data.At(q), LaneOfOne<T>.Broadcast(factorRe), LaneOfOne<T>.Broadcast(factorIm));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Multiply<TLane>(Planes<T> at, TLane factorRe, TLane factorIm)
        where TLane : unmanaged, ILane<TLane, T>
    {
        TLane re = TLane.Load(at.Re), im = TLane.Load(at.Im);
        TLane.Fma(re, factorRe, -(im * factorIm)).Store(at.Re);
        TLane.Fma(re, factorIm, im * factorRe).Store(at.Im);
    }
}
