using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>x = n π/2 + (r + low) with |r| ≤ π/4, and the two polynomials of r: the common part of <see cref="Sin"/> and <see cref="Cos"/>.</summary>
/// <remarks>Cody and Waite 1980, chapter 8, with three parts of π/2: the first step is exact by the fused multiply-add, the rounding errors
/// of the second are recovered (Knuth's two-sum, since the parts may cancel either way), the third adds to those errors only. Beyond 2²⁰ (float32) or 2⁴⁰ (float64),
/// where the parts hold too few digits, the angle is reduced in integers first. Tables come from tools/fit/functions.py.</remarks>
readonly struct SinCosReduction
{
    // (sin r - r) / r³ and (cos r - 1 + r²/2) / r⁴ in r²
    static readonly double[] SinSingle = [-0.166666508, 8.33190605e-3, -1.94804146e-4];
    static readonly double[] CosSingle = [-0.5, 0.0416666381, -1.38869521e-3, 2.43923187e-5];

    static readonly double[] SinDouble =
    [
        -0.1666666666666663, 8.3333333333218164e-3, -1.9841269829318738e-4, 2.7557313518072788e-6, -2.5050730237351748e-8,
        1.5895142472898719e-10,
    ];

    static readonly double[] CosDouble =
    [
        -0.5, 0.041666666666666595, -1.3888888888873318e-3, 2.4801587288963543e-5, -2.755731419818225e-7,
        2.0875701756594244e-9, -1.1358505944508941e-11,
    ];

    readonly FloatLayout _layout;
    readonly Scalar _quadrant;
    readonly Scalar _r;
    readonly Scalar _low;

    /// <param name="layout">The type.</param>
    /// <param name="angle">Radians.</param>
    public SinCosReduction(FloatLayout layout, Scalar angle)
    {
        _layout = layout;
        (Scalar turns, Scalar x, Scalar rest) = angle.ReduceHugeAngle();
        double bias = layout.RoundingBias;
        (double first, double second, double third) = layout.IsSingle
            ? (1.57079637050628662109375, -4.3711388286737929e-8, -1.7151245100058819e-15)
            : (1.5707963267948965580, 6.1232339957367660359e-17, -1.4973849048591833e-33);
        Scalar shifted = Scalar.Fma(x, x.Like(0.63661977236758134308), x.Like(bias));
        Scalar n = shifted - bias;
        _quadrant = (shifted + turns).Bitcast(layout.Bits);
        Scalar exact = Scalar.Fma(n, -first, x);
        Scalar product = n * second;
        _r = exact - product;
        Scalar b = _r - exact;
        Scalar lost = exact - (_r - b) - (product + b);
        _low = Scalar.Fma(n, -third, lost - Scalar.Fma(n, x.Like(second), -product)) + rest;
    }

    /// <summary>sin(x + turns · π/2).</summary>
    public Scalar Sin(int turns)
    {
        Scalar quadrant = turns == 0 ? _quadrant : _quadrant + Word(turns);
        (Scalar sin, Scalar cos) = Parts();
        Scalar value = Scalar.Select((quadrant & Word(1)).EqualTo(Word(0)), sin, cos);
        return Signed(value, quadrant << (_layout.MantissaBits + (_layout.IsSingle ? 7 : 10)));
    }

    /// <summary>tan x.</summary>
    public Scalar Tan()
    {
        (Scalar sin, Scalar cos) = Parts();
        Scalar even = (_quadrant & Word(1)).EqualTo(Word(0));
        Scalar quotient = Scalar.Select(even, sin, cos) / Scalar.Select(even, cos, sin);
        return Signed(quotient, _quadrant << (_layout.MantissaBits + (_layout.IsSingle ? 8 : 11)));
    }

    (Scalar Sin, Scalar Cos) Parts()
    {
        Scalar z = Scalar.Fma(_r, _r, (_r + _r) * _low);
        Scalar sin = _r + Scalar.Fma(z * _r, Polynomial.Of(z, _layout.IsSingle ? SinSingle : SinDouble), _low);
        Scalar cos = Scalar.Fma(z, Polynomial.Of(z, _layout.IsSingle ? CosSingle : CosDouble), 1);
        return (sin, cos);
    }

    Scalar Signed(Scalar value, Scalar sign) => (value.Bitcast(_layout.Bits) ^ (sign & Word(_layout.SignMask))).Bitcast(_layout.Type);

    Scalar Word(long bits) => _layout.Word(_quadrant, bits);
}
