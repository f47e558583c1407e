using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>x = n ln 2 + r with |r| ≤ ln 2 / 2: the start of every function built on e^x.</summary>
/// <remarks>Adding 1.5·2^(mantissa bits) rounds to an integer and leaves it in the low bits of the sum, so a shift makes 2ⁿ.
/// The first fused step of r is exact, because n times the rounded ln 2 and x share a unit in the last place.
/// Tables come from tools/fit/functions.py.</remarks>
readonly struct ExpReduction
{
    static readonly double[] ExpSingle = [1, 1, 0.49999994, 0.166665211, 0.0416682623, 8.36867746e-3, 1.38210831e-3];

    static readonly double[] ExpDouble =
    [
        1, 1, 0.50000000000000111, 0.16666666666666419, 0.041666666666526818, 8.3333333334900898e-3, 1.3888888944409857e-3,
        1.9841269516747371e-4, 2.480149235683176e-5, 2.7557576761024467e-6, 2.7630496688157672e-7, 2.5003252070557153e-8,
    ];

    static readonly double[] Expm1Single = [0.5, 0.166666672, 0.0416664779, 8.33319034e-3, 1.39336998e-3, 1.99601767e-4];

    static readonly double[] Expm1Double =
    [
        0.5, 0.16666666666666677, 0.041666666666666685, 8.3333333333214417e-3, 1.3888888888872923e-3, 1.98412698865697e-4,
        2.4801587350509116e-5, 2.7557243786354935e-6, 2.7557250316629448e-7, 2.5109178607579854e-8, 2.0922324183201682e-9,
    ];

    // (sinh r - r) / r³ and (cosh r - 1) / r² in r²
    static readonly double[] SinhSingle = [0.166666672, 8.33319221e-3, 1.99584538e-4];
    static readonly double[] CoshSingle = [0.5, 0.0416664556, 1.39357755e-3];

    static readonly double[] SinhDouble = [0.16666666666666666, 8.3333333333342127e-3, 1.9841269838341677e-4, 2.7557323662715084e-6, 2.5048965548939471e-8, 1.6912635911808811e-10];

    static readonly double[] CoshDouble = [0.5, 0.041666666666666685, 1.3888888888873296e-3, 2.4801587349152189e-5, 2.7557251880534839e-7, 2.0921746127556752e-9];

    readonly FloatLayout _layout;
    readonly Scalar _shifted;
    readonly Scalar _r;

    /// <param name="layout">The type.</param>
    /// <param name="x">Already bounded, so that n + offset fits the exponent's field.</param>
    /// <param name="offset">Added to n in the low bits.</param>
    public ExpReduction(FloatLayout layout, Scalar x, int offset)
    {
        _layout = layout;
        double bias = layout.RoundingBias + offset;
        _shifted = Scalar.Fma(x, x.Like(1.4426950408889634), x.Like(bias));
        Scalar n = _shifted - bias;
        _r = Scalar.Fma(n, -layout.Ln2.Low, Scalar.Fma(n, -layout.Ln2.High, x));
    }

    /// <param name="layout">The type.</param>
    /// <param name="x">Already bounded, so that n + offset fits the exponent's field.</param>
    /// <param name="tail">A small rest: the argument is x + tail.</param>
    /// <param name="offset">Added to n in the low bits.</param>
    public ExpReduction(FloatLayout layout, Scalar x, Scalar tail, int offset)
    {
        _layout = layout;
        double bias = layout.RoundingBias + offset;
        _shifted = Scalar.Fma(x, x.Like(1.4426950408889634), x.Like(bias));
        Scalar n = _shifted - bias;
        _r = Scalar.Fma(n, -layout.Ln2.High, x) + Scalar.Fma(n, -layout.Ln2.Low, tail);
    }

    ExpReduction(FloatLayout layout, Scalar shifted, Scalar r) => (_layout, _shifted, _r) = (layout, shifted, r);

    /// <summary>x = n + r for powers of two, with an offset of twice the exponent's bias.</summary>
    public static ExpReduction OfPowerOfTwo(FloatLayout layout, Scalar x)
    {
        double bias = layout.RoundingBias + (2 * layout.Bias);
        Scalar shifted = x + bias;
        return new ExpReduction(layout, shifted, x - (shifted - bias));
    }

    /// <summary>r.</summary>
    public Scalar Rest => _r;

    /// <summary>e^r in [0.70, 1.42]; the two leading coefficients are exactly one.</summary>
    public Scalar Exp() => Polynomial.Of(_r, _layout.IsSingle ? ExpSingle : ExpDouble);

    /// <summary>e^r - 1 with small relative error.</summary>
    public Scalar Expm1() => Scalar.Fma(_r * _r, Polynomial.Of(_r, _layout.IsSingle ? Expm1Single : Expm1Double), _r);

    /// <summary>sinh r.</summary>
    public Scalar Sinh()
    {
        Scalar z = _r * _r;
        return Scalar.Fma(_r * z, Polynomial.Of(z, _layout.IsSingle ? SinhSingle : SinhDouble), _r);
    }

    /// <summary>cosh r - 1.</summary>
    public Scalar CoshMinusOne()
    {
        Scalar z = _r * _r;
        return z * Polynomial.Of(z, _layout.IsSingle ? CoshSingle : CoshDouble);
    }

    /// <summary>2^(n + offset - bias of the exponent), for values inside the exponent's field.</summary>
    public Scalar Power() => (_shifted.Bitcast(_layout.Bits) << _layout.MantissaBits).Bitcast(_layout.Type);

    /// <summary>p · 2ⁿ for an offset of twice the exponent's bias: two factors, so that subnormal results round once and overflow is infinite.</summary>
    public Scalar Scale(Scalar p)
    {
        Scalar bits = _shifted.Bitcast(_layout.Bits);
        Scalar first = (bits << (_layout.MantissaBits - 1)) & _layout.Word(bits, _layout.ExponentMask | _layout.SignMask);
        Scalar second = (bits << _layout.MantissaBits) - first;
        return p * first.Bitcast(_layout.Type) * second.Bitcast(_layout.Type);
    }
}
