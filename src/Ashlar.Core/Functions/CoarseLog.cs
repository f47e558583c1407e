using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Logarithms in float64 lanes to about 33 bits, for float32 results that are rounded once: no division and no second float.</summary>
/// <remarks>x = 2ᵏ (1 + f) with f in [-1/3, 1/3]. Tables come from tools/fit/functions.py.</remarks>
static class CoarseLog
{
    const long TwoThirds = 0x3FE5_5555_5555_5555;

    // (ln(1 + f) - f) / f²
    static readonly double[] Table =
    [
        -0.49999999918694105, 0.33333337758504711, -0.25000021113862442, 0.19999443829757255, -0.16665239994067327, 0.14308302043460969,
        -0.12540333750124288, 0.10715370741075575, -0.094543813237128391, 0.12144675297768209, -0.11762464805696971,
    ];

    /// <summary>k and ln(1 + f) of a positive normal float64.</summary>
    public static (Scalar Exponent, Scalar Log) Split(Scalar x)
    {
        (Scalar k, Scalar f) = Reduce(x);
        return (k, OfFraction(f));
    }

    /// <summary>ln x for x &gt; 0; anything else has no meaning.</summary>
    public static Scalar Of(Scalar x)
    {
        (Scalar k, Scalar rest) = Split(x);
        return Scalar.Fma(k, 0.69314718055994531, rest);
    }

    /// <summary>ln(1 + x) for x &gt; -1, with small relative error near zero.</summary>
    public static Scalar Log1p(Scalar x)
    {
        (Scalar k, Scalar f) = Reduce(x + 1);
        Scalar rest = OfFraction(Scalar.Select(k.EqualTo(k.Like(0)), x, f));
        return Scalar.Fma(k, 0.69314718055994531, rest);
    }

    static (Scalar Exponent, Scalar Fraction) Reduce(Scalar x)
    {
        Scalar bits = x.Bitcast(DType.Int64);
        Scalar offset = bits - Word(bits, TwoThirds);
        Scalar f = ((offset & Word(bits, 0xF_FFFF_FFFF_FFFF)) + Word(bits, TwoThirds)).Bitcast(DType.Float64) - 1;
        Scalar biased = (offset + Word(bits, 1023L << 52)) >>> 52;
        return ((biased | Word(bits, 0x4330L << 48)).Bitcast(DType.Float64) - (4503599627370496.0 + 1023), f);
    }

    static Scalar OfFraction(Scalar f) => Scalar.Fma(Polynomial.Of(f, Table), f * f, f);

    static Scalar Word(Scalar like, long bits) => like.Builder.ConstantBits(DType.Int64, bits);
}
