using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>ln of a number split as 2ᵏ (1 + f), and the special values every logarithm shares.</summary>
/// <remarks>Tables come from tools/fit/functions.py.</remarks>
readonly struct LogReduction
{
    // (ln(1 + f) - f) / f² on [-1/3, 1/3]
    static readonly double[] Single =
    [
        -0.5, 0.333332092, -0.249997437, 0.200107142, -0.166831136, 0.140016198, -0.121463627, 0.140027761, -0.13060455,
    ];

    // (2 atanh s - 2 s) / s³ in s²
    static readonly double[] Double =
    [
        0.66666666666667351, 0.39999999999410385, 0.28571428743296701, 0.22222198481924335, 0.18183569036541294,
        0.15313929782561109, 0.14797167420684681,
    ];

    readonly FloatLayout _layout;
    readonly Scalar _offset;
    readonly Scalar _bits;

    /// <param name="layout">The type.</param>
    /// <param name="x">Positive, finite and normal; anything else gives a meaningless split that <see cref="Special"/> replaces.</param>
    public LogReduction(FloatLayout layout, Scalar x)
    {
        _layout = layout;
        _bits = x.Bitcast(layout.Bits);
        _offset = _bits - layout.Word(_bits, Least);
    }

    /// <summary>Bits of the least mantissa: 2/3 for float32, √½ for float64.</summary>
    long Least => _layout.IsSingle ? 0x3F2A_AAAB : 0x3FE6_A09E_667F_3BCD;

    /// <summary>The mantissa in [2/3, 4/3) or [√½, √2).</summary>
    public Scalar Mantissa() => ((_offset & _layout.Word(_bits, _layout.MantissaMask)) + _layout.Word(_bits, Least)).Bitcast(_layout.Type);

    /// <summary>k as a floating number.</summary>
    /// <remarks>For float64 by the bits of 2⁵² + k + 1023, since vectors have no conversion from int64 everywhere.</remarks>
    public Scalar Exponent()
    {
        if (_layout.IsSingle)
        {
            return (_offset >> 23).Convert(DType.Float32);
        }

        Scalar biased = (_offset + _layout.Word(_bits, 1023L << 52)) >>> 52;
        return (biased | _layout.Word(_bits, 0x4330L << 48)).Bitcast(DType.Float64) - (4503599627370496.0 + 1023);
    }

    /// <summary>4 · 2⁻ᵏ.</summary>
    public Scalar FourOverPower()
    {
        Scalar power = _offset & _layout.Word(_bits, _layout.ExponentMask | _layout.SignMask);
        return (_layout.Word(_bits, (_layout.Bias + 2L) << _layout.MantissaBits) - power).Bitcast(_layout.Type);
    }

    /// <summary>k ln 2 + ln(1 + f).</summary>
    public Scalar Log(Scalar k, Scalar f)
    {
        (double high, double low) = _layout.Ln2;
        if (_layout.IsSingle)
        {
            return Scalar.Fma(k, high, Scalar.Fma(Polynomial.Of(f, Single), f * f, f));
        }

        Scalar s = f / (f + 2);
        Scalar z = s * s;
        Scalar half = f * f * 0.5;
        Scalar tail = Scalar.Fma(s, Scalar.Fma(Polynomial.Of(z, Double), z, half), k * low);
        return Scalar.Fma(k, high, f - (half - tail));
    }

    /// <summary>x = 2ᵏ (1 + f) for any positive finite x, subnormal ones too: k and the mantissa 1 + f.</summary>
    public static (Scalar Exponent, Scalar Mantissa, LogReduction Reduction) Split(FloatLayout layout, Scalar x)
    {
        int lift = layout.MantissaBits + 1;
        Scalar small = x < Math.ScaleB(1, 1 - layout.Bias);
        var reduction = new LogReduction(layout, Scalar.Select(small, x * Math.ScaleB(1, lift), x));
        Scalar k = reduction.Exponent() - Scalar.Select(small, x.Like(lift), x.Like(0));
        return (k, reduction.Mantissa(), reduction);
    }

    /// <summary>The result where x is positive and finite, else ∞ for ∞, -∞ for 0, NaN for NaN and below zero.</summary>
    public static Scalar Special(Scalar x, Scalar result)
    {
        Scalar finite = Scalar.Select(x < double.PositiveInfinity, result, x);
        Scalar rest = Scalar.Select(x.EqualTo(x.Like(0)), x.Like(double.NegativeInfinity), x.Like(double.NaN));
        return Scalar.Select(x > 0, finite, rest);
    }
}
