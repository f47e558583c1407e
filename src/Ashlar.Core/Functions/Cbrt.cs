using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Cube root.</summary>
/// <remarks>|x| = b 2^(3t) with 1 ≤ b &lt; 8; w ≈ b^(-1/3) by a polynomial and one step of third order, y = b w² and a Newton step on y³ = b with its
/// residual by fused multiply-adds; float32 in float64 without that step. Cubes of integers are exact; ±0, ±∞ and NaN stay. The table comes from tools/fit/functions.py.
/// Error: at most 0.51 ulp over every float32, 0.6 over samples of float64.</remarks>
public static class Cbrt
{
    // m^(-1/3), 1 ≤ m ≤ 2
    static readonly double[] Table = [1.6700067429173382, -1.1728802806230205, 0.69548275620985267, -0.22123792866090478, 0.028591040438109994];

    /// <param name="x">float32 or float64.</param>
    /// <returns>∛x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Cbrt), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar a = x.Abs();
        Scalar lift = layout.IsCoarse ? a : Scalar.Select(a < Math.ScaleB(1, -1022), a * Math.ScaleB(1, 54), a);
        Scalar bits = lift.Bitcast(DType.Int64);
        Scalar mantissa = ((bits & layout.Word(bits, layout.MantissaMask)) | layout.Word(bits, 1023L << 52)).Bitcast(DType.Float64);
        Scalar k = ((bits >>> 52) | layout.Word(bits, 0x4330L << 48)).Bitcast(DType.Float64) - (4503599627370496.0 + 1023);
        Scalar t = ((k + 0.5) * (1.0 / 3)).Floor();
        Scalar left = k - (t * 3);
        Scalar one = left.EqualTo(x.Like(1));
        Scalar two = left.EqualTo(x.Like(2));
        Scalar b = mantissa * Scalar.Select(two, x.Like(4), Scalar.Select(one, x.Like(2), x.Like(1)));
        Scalar w = Polynomial.Of(mantissa, Table)
            * Scalar.Select(two, x.Like(0.62996052494743658), Scalar.Select(one, x.Like(0.79370052598409974), x.Like(1)));
        Scalar h = Scalar.Fma(-b * w, w * w, 1);
        w = Scalar.Fma(w * h, Polynomial.Of(h, 1.0 / 3, 2.0 / 9, 14.0 / 81), w);
        Scalar y = b * w * w;
        if (!layout.IsCoarse)
        {
            Scalar square = y * y;
            Scalar rest = Scalar.Fma(y, -Scalar.Fma(y, y, -square), Scalar.Fma(-square, y, b));
            y = Scalar.Fma(rest * (1.0 / 3), w * w, y);
            t = Scalar.Select(a < Math.ScaleB(1, -1022), t - 18, t);
        }

        Scalar power = ((t + (layout.RoundingBias + layout.Bias)).Bitcast(DType.Int64) << 52).Bitcast(DType.Float64);
        Scalar ordinary = (a > 0) & (a < double.PositiveInfinity);
        return Scalar.Select(ordinary, layout.CopySign(y * power, x), x);
    }
}
