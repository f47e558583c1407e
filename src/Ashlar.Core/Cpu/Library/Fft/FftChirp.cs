using System.Numerics;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>A transform of a length with a large prime, as a convolution with a chirp.</summary>
sealed unsafe class FftChirp<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int _length;
    readonly FftLevels<T> _levels;
    readonly (T Re, T Im)[] _chirp;
    readonly (T Re, T Im)[] _filter;

    /// <param name="length">≥ 1.</param>
    public FftChirp(int length)
    {
        _length = length;
        int room = FftFactors.ChirpLength(length);
        _levels = new FftLevels<T>(room, FftFactors.Of(room)!);
        (double Cos, double Sin)[] chirp = FftLaw<T>.ChirpOf(length);
        _chirp = Array.ConvertAll(chirp, turn => (T.CreateTruncating(turn.Cos), T.CreateTruncating(-turn.Sin)));
        (double[] re, double[] im) = FftLaw<T>.FilterOf(chirp, room);
        _filter = new (T, T)[room];
        for (int i = 0; i < room; i++)
        {
            _filter[i] = (T.CreateTruncating(re[i]), T.CreateTruncating(im[i]));
        }
    }

    /// <summary>Elements of room that a sequence takes.</summary>
    public int Room => _levels.Length;

    /// <summary>Transforms s sequences side by side.</summary>
    /// <param name="data">[room, s], of which the first [length, s] are given; overwritten.</param>
    /// <param name="other">Room for as many.</param>
    /// <param name="s">How many sequences.</param>
    /// <returns>Which of the two holds the result, [length, s].</returns>
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

    static void Turn(Planes<T> data, ReadOnlySpan<(T Re, T Im)> factors, int s)
    {
        for (int j = 0; j < factors.Length; j++)
        {
            (T factorRe, T factorIm) = factors[j];
            Planes<T> at = data.At((nint)j * s);
            for (int q = 0; q < s; q++)
            {
                (T re, T im) = (at.Re[q], at.Im[q]);
                at.Re[q] = T.FusedMultiplyAdd(re, factorRe, -(im * factorIm));
                at.Im[q] = T.FusedMultiplyAdd(re, factorIm, im * factorRe);
            }
        }
    }
}
