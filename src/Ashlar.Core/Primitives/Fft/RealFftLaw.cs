using System.Numerics;

namespace Ashlar.Primitives.Fft;

/// <summary>The definition of the Fourier transform of real numbers and of its inverse, as slow scalar code.</summary>
/// <remarks>
/// <para>An even number n of them is n/2 complex ones z: even places are real parts, odd ones imaginary. With h = n/2, l = h - k and w = e^(-2πik/n),
/// Xₖ = (zₖ + z̄ₗ)/2 - iw·(zₖ - z̄ₗ)/2, where z stands for its transform, and back: zₖ = (Xₖ + X̄ₗ) + iw̄·(Xₖ - X̄ₗ) (Cooley, Lewis and Welch 1970).</para>
/// <para>An odd number of them is transformed as complex numbers without imaginary parts.</para>
/// </remarks>
/// <typeparam name="T">float or double; factors are made in double and rounded.</typeparam>
static class RealFftLaw<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The first n/2 + 1 elements of the transform.</summary>
    public static void Forward(ReadOnlySpan<T> x, Span<T> re, Span<T> im)
    {
        int n = x.Length;
        int h = n / 2;
        if (n % 2 != 0)
        {
            (T[] wholeRe, T[] wholeIm) = (x.ToArray(), new T[n]);
            FftLaw<T>.Forward(wholeRe, wholeIm);
            wholeRe.AsSpan(0, h + 1).CopyTo(re);
            wholeIm.AsSpan(0, h + 1).CopyTo(im);
            return;
        }

        var a = (Re: new T[h], Im: new T[h]);
        for (int j = 0; j < h; j++)
        {
            (a.Re[j], a.Im[j]) = (x[2 * j], x[(2 * j) + 1]);
        }

        FftLaw<T>.Forward(a.Re, a.Im);
        (re[0], im[0]) = (a.Re[0] + a.Im[0], T.Zero);
        (re[h], im[h]) = (a.Re[0] - a.Im[0], T.Zero);
        T half = T.CreateTruncating(0.5);
        for (int k = 1; k < h; k++)
        {
            int l = h - k;
            (T re, T im) sum = (half * (a.Re[k] + a.Re[l]), half * (a.Im[k] - a.Im[l]));
            (re[k], im[k]) = Turn(ForwardFactor(k, n), (a.Re[k] - a.Re[l], a.Im[k] + a.Im[l]), sum);
        }
    }

    /// <summary>The real numbers of which the elements are the first half of a transform, n times as large, times a factor. Imaginary parts of the first element, and of the last if n is even, are not looked at.</summary>
    public static void Inverse(ReadOnlySpan<T> re, ReadOnlySpan<T> im, T factor, Span<T> x)
    {
        int n = x.Length;
        int h = n / 2;
        if (n % 2 != 0)
        {
            (T[] wholeRe, T[] wholeIm) = (new T[n], new T[n]);
            wholeRe[0] = re[0] * factor;
            for (int k = 1; k <= h; k++)
            {
                (wholeRe[k], wholeIm[k]) = (re[k] * factor, im[k] * factor);
                (wholeRe[n - k], wholeIm[n - k]) = (wholeRe[k], -wholeIm[k]);
            }

            FftLaw<T>.Forward(wholeIm, wholeRe);
            wholeRe.CopyTo(x);
            return;
        }

        var z = (Re: new T[h], Im: new T[h]);
        (z.Re[0], z.Im[0]) = ((re[0] + re[h]) * factor, (re[0] - re[h]) * factor);
        for (int k = 1; k < h; k++)
        {
            int l = h - k;
            (T Re, T Im) turned = Turn(InverseFactor(k, n), (re[k] - re[l], im[k] + im[l]), (re[k] + re[l], im[k] - im[l]));
            (z.Re[k], z.Im[k]) = (turned.Re * factor, turned.Im * factor);
        }

        FftLaw<T>.Forward(z.Im, z.Re);
        for (int j = 0; j < h; j++)
        {
            (x[2 * j], x[(2 * j) + 1]) = (z.Re[j], z.Im[j]);
        }
    }

    /// <summary>-i·w/2.</summary>
    public static (T Re, T Im) ForwardFactor(int k, int n)
    {
        (double cos, double sin) = Turns.Of(k, n);
        return (T.CreateTruncating(-sin / 2), T.CreateTruncating(-cos / 2));
    }

    /// <summary>i·w̄.</summary>
    public static (T Re, T Im) InverseFactor(int k, int n)
    {
        (double cos, double sin) = Turns.Of(k, n);
        return (T.CreateTruncating(-sin), T.CreateTruncating(cos));
    }

    // sum + factor · difference.
    static (T Re, T Im) Turn((T Re, T Im) factor, (T Re, T Im) difference, (T Re, T Im) sum) =>
    (
        T.FusedMultiplyAdd(-factor.Im, difference.Im, T.FusedMultiplyAdd(factor.Re, difference.Re, sum.Re)),
        T.FusedMultiplyAdd(factor.Im, difference.Re, T.FusedMultiplyAdd(factor.Re, difference.Im, sum.Im))
    );
}
