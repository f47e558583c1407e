using System.Numerics;

namespace Ashlar.Primitives.Fft;

/// <summary>The definition of the Fourier transform Xₖ = Σ xⱼ e^(-2πijk/n) as slow scalar code. An inverse transform is this one with real and imaginary parts exchanged before and after.</summary>
/// <remarks>
/// <para>Decimation in frequency (Gentleman and Sande 1966): n = r · m; the r elements p, p + m, … are transformed among themselves, the k-th result is turned by -pk/n of a turn (not where m = 1, nor for k = 0),
/// and the k-th results of all p, transformed, are X at k, k + r, …. Radices in the order of <see cref="FftFactors"/>.</para>
/// <para>A length with a prime above 31 is a convolution with a chirp (Bluestein 1970) on a longer one with small primes.</para>
/// </remarks>
/// <typeparam name="T">float or double; factors are made in double and rounded.</typeparam>
static class FftLaw<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Transforms in place.</summary>
    public static void Forward(Span<T> re, Span<T> im)
    {
        if (FftFactors.Of(re.Length) is { } radices)
        {
            Split(re, im, radices, Turns.Table(re.Length), 1);
        }
        else
        {
            Chirp(re, im);
        }
    }

    // Turns of a level are every stride-th of the table.
    static void Split(Span<T> re, Span<T> im, ReadOnlySpan<int> radices, (double Cos, double Sin)[] turns, int stride)
    {
        int n = re.Length;
        if (n == 1)
        {
            return;
        }

        int r = radices[0];
        int m = n / r;
        var parts = new (T[] Re, T[] Im)[r];
        for (int k = 0; k < r; k++)
        {
            parts[k] = (new T[m], new T[m]);
        }

        var a = new (T Re, T Im)[r];
        for (int p = 0; p < m; p++)
        {
            for (int j = 0; j < r; j++)
            {
                a[j] = (re[p + (j * m)], im[p + (j * m)]);
            }

            Butterfly(a);
            for (int k = 0; k < r; k++)
            {
                (double cos, double sin) = turns[(long)p * k % n * stride];
                (parts[k].Re[p], parts[k].Im[p]) = m == 1 || k == 0 ? a[k] : Multiply(a[k], (T.CreateTruncating(cos), T.CreateTruncating(-sin)));
            }
        }

        for (int k = 0; k < r; k++)
        {
            Split(parts[k].Re, parts[k].Im, radices[1..], turns, stride * r);
            for (int q = 0; q < m; q++)
            {
                re[k + (r * q)] = parts[k].Re[q];
                im[k + (r * q)] = parts[k].Im[q];
            }
        }
    }

    // The transform of 2, 4 or an odd number of elements.
    static void Butterfly((T Re, T Im)[] a)
    {
        switch (a.Length)
        {
            case 2:
                (a[0], a[1]) = (Add(a[0], a[1]), Subtract(a[0], a[1]));
                break;
            case 4:
                (T Re, T Im) even = Add(a[0], a[2]);
                (T Re, T Im) odd = Add(a[1], a[3]);
                (T Re, T Im) left = Subtract(a[0], a[2]);
                (T Re, T Im) right = Subtract(a[1], a[3]);
                a[0] = Add(even, odd);
                a[1] = (left.Re + right.Im, left.Im - right.Re);
                a[2] = Subtract(even, odd);
                a[3] = (left.Re - right.Im, left.Im + right.Re);
                break;
            default:
                Odd(a);
                break;
        }
    }

    // Elements j and r - j come in as sum and difference: cosines multiply the one, sines the other.
    static void Odd((T Re, T Im)[] a)
    {
        int r = a.Length;
        int half = r / 2;
        var sums = new (T Re, T Im)[half + 1];
        var differences = new (T Re, T Im)[half + 1];
        (T Re, T Im) first = a[0];
        for (int j = 1; j <= half; j++)
        {
            sums[j] = Add(a[j], a[r - j]);
            differences[j] = Subtract(a[j], a[r - j]);
            a[0] = Add(a[0], sums[j]);
        }

        for (int k = 1; k <= half; k++)
        {
            (T Re, T Im) cosines = first;
            (T Re, T Im) sines = default;
            for (int j = 1; j <= half; j++)
            {
                (double cos, double sin) = Turns.Of((long)j * k, r);
                (T c, T s) = (T.CreateTruncating(cos), T.CreateTruncating(sin));
                cosines = (T.FusedMultiplyAdd(c, sums[j].Re, cosines.Re), T.FusedMultiplyAdd(c, sums[j].Im, cosines.Im));
                sines = j == 1
                    ? (s * differences[j].Re, s * differences[j].Im)
                    : (T.FusedMultiplyAdd(s, differences[j].Re, sines.Re), T.FusedMultiplyAdd(s, differences[j].Im, sines.Im));
            }

            a[k] = (cosines.Re + sines.Im, cosines.Im - sines.Re);
            a[r - k] = (cosines.Re - sines.Im, cosines.Im + sines.Re);
        }
    }

    // jk = (j² + k² - (k - j)²) / 2, so the transform is a convolution of x times a chirp with the chirp's conjugate.
    static void Chirp(Span<T> re, Span<T> im)
    {
        int n = re.Length;
        int m = FftFactors.ChirpLength(n);
        (double Cos, double Sin)[] chirp = ChirpOf(n);
        (double[] filterRe, double[] filterIm) = FilterOf(chirp, m);
        var a = (Re: new T[m], Im: new T[m]);
        for (int j = 0; j < n; j++)
        {
            (a.Re[j], a.Im[j]) = Multiply((re[j], im[j]), Factor(chirp[j]));
        }

        Forward(a.Re, a.Im);
        for (int j = 0; j < m; j++)
        {
            (a.Re[j], a.Im[j]) = Multiply((a.Re[j], a.Im[j]), (T.CreateTruncating(filterRe[j]), T.CreateTruncating(filterIm[j])));
        }

        Forward(a.Im, a.Re);
        for (int k = 0; k < n; k++)
        {
            (re[k], im[k]) = Multiply((a.Re[k], a.Im[k]), Factor(chirp[k]));
        }
    }

    /// <summary>cos and sin of πj²/n for each j below n.</summary>
    public static (double Cos, double Sin)[] ChirpOf(int n)
    {
        var chirp = new (double, double)[n];
        for (int j = 0; j < n; j++)
        {
            chirp[j] = Turns.Of((long)j * j % (2L * n), 2L * n);
        }

        return chirp;
    }

    /// <summary>The transform of length m of the chirp's conjugate divided by m, in double.</summary>
    public static (double[] Re, double[] Im) FilterOf((double Cos, double Sin)[] chirp, int m)
    {
        var re = new double[m];
        var im = new double[m];
        for (int j = 0; j < chirp.Length; j++)
        {
            (re[j], im[j]) = (chirp[j].Cos / m, chirp[j].Sin / m);
            if (j > 0)
            {
                (re[m - j], im[m - j]) = (re[j], im[j]);
            }
        }

        FftLaw<double>.Forward(re, im);
        return (re, im);
    }

    static (T Re, T Im) Factor((double Cos, double Sin) turn) => (T.CreateTruncating(turn.Cos), T.CreateTruncating(-turn.Sin));

    static (T Re, T Im) Multiply((T Re, T Im) a, (T Re, T Im) b) =>
        (T.FusedMultiplyAdd(a.Re, b.Re, -(a.Im * b.Im)), T.FusedMultiplyAdd(a.Re, b.Im, a.Im * b.Re));

    static (T Re, T Im) Add((T Re, T Im) a, (T Re, T Im) b) => (a.Re + b.Re, a.Im + b.Im);

    static (T Re, T Im) Subtract((T Re, T Im) a, (T Re, T Im) b) => (a.Re - b.Re, a.Im - b.Im);
}
