using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>x = n π/2 + (r + low) with |r| ≤ π/4, and the two polynomials of r: the common part of <see cref="Sin"/> and <see cref="Cos"/>.</summary>
/// <remarks>Cody and Waite 1980, chapter 8, with three parts of π/2: the first step is exact by the fused multiply-add, the rounding errors
/// of the second are recovered (Knuth's two-sum, since the parts may cancel either way), the third adds to those errors only. Tables come from tools/fit/functions.py.</remarks>
readonly struct SinCosReduction
{
    // (sin r - r) / r³ and (cos r - 1 + r²/2) / r⁴ in r²
    static readonly double[] SinSingle = [-0.166666552, 8.33219104e-3, -1.95185727e-4];
    static readonly double[] CosSingle = [-0.5, 0.0416666456, -1.3887313e-3, 2.4432944e-5];

    static readonly double[] SinDouble =
    [
        -0.16666666666666632, 8.33333333332246e-3, -1.9841269829818926e-4, 2.7557313689629837e-6, -2.5050757039599875e-8,
        1.5896700413644507e-10,
    ];

    static readonly double[] CosDouble =
    [
        -0.5, 0.041666666666666602, -1.3888888888874454e-3, 2.4801587289648575e-5, -2.7557314391646719e-7,
        2.0875727672511893e-9, -1.1359835424429965e-11,
    ];

    readonly FloatLayout _layout;
    readonly Scalar _quadrant;
    readonly Scalar _r;
    readonly Scalar _low;

    public SinCosReduction(FloatLayout layout, Scalar x)
    {
        _layout = layout;
        double bias = layout.RoundingBias;
        (double first, double second, double third) = layout.IsSingle
            ? (1.57079637050628662109375, -4.3711388286737929e-8, -1.7151245100058819e-15)
            : (1.5707963267948965580, 6.1232339957367660359e-17, -1.4973849048591833e-33);
        Scalar shifted = Scalar.Fma(x, x.Like(0.63661977236758134308), x.Like(bias));
        Scalar n = shifted - bias;
        _quadrant = shifted.Bitcast(layout.Bits);
        Scalar exact = Scalar.Fma(n, -first, x);
        Scalar product = n * second;
        _r = exact - product;
        Scalar b = _r - exact;
        Scalar lost = exact - (_r - b) - (product + b);
        _low = Scalar.Fma(n, -third, lost - Scalar.Fma(n, x.Like(second), -product));
    }

    /// <summary>sin(x + turns · π/2).</summary>
    public Scalar Sin(int turns)
    {
        Scalar quadrant = turns == 0 ? _quadrant : _quadrant + Word(turns);
        Scalar z = _r * _r;
        Scalar sin = _r + Scalar.Fma(z * _r, Polynomial.Of(z, _layout.IsSingle ? SinSingle : SinDouble), _low);
        Scalar cos = Scalar.Fma(z, Polynomial.Of(z, _layout.IsSingle ? CosSingle : CosDouble), 1);
        Scalar value = Scalar.Select((quadrant & Word(1)).EqualTo(Word(0)), sin, cos);
        Scalar sign = (quadrant << (_layout.MantissaBits + (_layout.IsSingle ? 7 : 10))) & Word(_layout.SignMask);
        return (value.Bitcast(_layout.Bits) ^ sign).Bitcast(_layout.Type);
    }

    Scalar Word(long bits) => _layout.Word(_quadrant, bits);
}
