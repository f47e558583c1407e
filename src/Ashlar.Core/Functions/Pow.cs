using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>x to the power y.</summary>
/// <remarks>e^(y ln |x|) with the logarithm and the product as unevaluated sums of two floats (Dekker 1971), the sign put on for odd integers y.
/// IEEE 754-2019, section 9.2.1: x⁰ = 1 and 1^y = 1 even for NaN; a negative finite x to a power that is no integer is NaN;
/// zeros and infinities as limits, with the sign of x for odd y.
/// Error: at most 0.9 ulp over samples of float32, 1.2 over samples of float64.</remarks>
public static class Pow
{
    // (2 atanh q - 2 q - ⅔ q³) / q⁵ in q²
    static readonly double[] Single = [0.399999946, 0.28572461, 0.221559107, 0.199149296];

    static readonly double[] Double =
    [
        0.40000000000000002, 0.28571428571427088, 0.2222222222262073, 0.1818181812435434, 0.15384620344270894,
        0.13333065709714029, 0.11773763450362466, 0.10341260844550994, 0.11568153625899806,
    ];

    /// <param name="x">float32 or float64, the base.</param>
    /// <param name="y">The exponent, of the same type.</param>
    /// <returns>x^y of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float, or y is of another type.</exception>
    public static Scalar Of(Scalar x, Scalar y)
    {
        var layout = FloatLayout.Of(x, nameof(Pow));
        Scalar magnitude = x.Abs();
        (Scalar high, Scalar low) = Log(layout, magnitude);
        Scalar power = Magnitude(layout, high, low, y);

        Scalar whole = y.Truncate();
        Scalar isInteger = y.EqualTo(whole);
        Scalar half = y * 0.5;
        Scalar isOdd = isInteger & half.NotEqualTo(half.Truncate());
        power = Scalar.Select(magnitude.EqualTo(x.Like(1)), x.Like(1), power);
        power = Scalar.Select(isOdd, layout.CopySign(power, x), power);
        Scalar undefined = (x < 0) & (x > double.NegativeInfinity) & ~isInteger;
        power = Scalar.Select(undefined, x.Like(double.NaN), power);
        Scalar isOne = y.EqualTo(x.Like(0)) | x.EqualTo(x.Like(1));
        return Scalar.Select(isOne, x.Like(1), power);
    }

    // ln a = high + low for a ≥ 0: ln 0 = -∞, ln ∞ = ∞.
    static (Scalar High, Scalar Low) Log(FloatLayout layout, Scalar a)
    {
        (Scalar k, Scalar m, _) = LogReduction.Split(layout, a);

        // q + qLow = (m - 1) / (m + 1)
        Scalar numerator = m - 1;
        Scalar denominator = m + 1;
        Scalar inverse = 1 / denominator;
        Scalar q = numerator * inverse;
        Scalar rest = Scalar.Fma(-q, m - (denominator - 1), Scalar.Fma(-q, denominator, numerator));
        Scalar qLow = rest * inverse;

        // z + zLow = q²; factor = ⅔ + z (…), of which only the leading part needs the second float
        Scalar z = q * q;
        Scalar zLow = Scalar.Fma(q + q, qLow, Scalar.Fma(q, q, -z));
        Scalar tail = z * Polynomial.Of(z, layout.IsSingle ? Single : Double);
        (double third, double thirdLow) = layout.IsSingle
            ? (0.666666686534881591796875, -1.986821492513e-8)
            : (0.66666666666666662966, 3.7007434154171882626e-17);
        (Scalar factor, Scalar factorLow) = FastSum(a.Like(third), tail);
        factorLow += thirdLow;

        // cube = q · z · factor
        (Scalar b, Scalar bLow) = Product(z, zLow, factor, factorLow);
        (Scalar cube, Scalar cubeLow) = Product(q, qLow, b, bLow);
        (Scalar s, Scalar sLow) = FastSum(q + q, cube);
        sLow += cubeLow + (qLow + qLow);

        // k · ln 2, the high part of ln 2 short enough to make the product exact
        (double ln2, double ln2Low) = layout.IsSingle ? (0.693145751953125, 1.428606820309417e-6) : (0.69314718055989033, 5.4979230187083712e-14);
        (Scalar sum, Scalar sumLow) = FastSum(k * ln2, s);
        sumLow = Scalar.Fma(k, a.Like(ln2Low), sumLow + sLow);
        (Scalar high, Scalar low) = FastSum(sum, sumLow);
        Scalar limit = Scalar.Select(a.EqualTo(a.Like(0)), a.Like(double.NegativeInfinity), a);
        Scalar ordinary = (a > 0) & (a < double.PositiveInfinity);
        return (Scalar.Select(ordinary, high, limit), low);
    }

    // e^(y · (high + low)); the low part of the product counts only where it is small, that is, where the result is finite.
    static Scalar Magnitude(FloatLayout layout, Scalar high, Scalar low, Scalar y)
    {
        Scalar product = y * high;
        Scalar tail = Scalar.Fma(y, low, Scalar.Fma(y, high, -product));
        tail = Scalar.Select(tail.Abs() < 0.0009765625, tail, product.Like(0));
        Scalar bounded = layout.IsSingle ? Bound.AtMost(Bound.AtLeast(product, -105), 89) : Bound.AtMost(Bound.AtLeast(product, -747), 711);
        var reduction = new ExpReduction(layout, bounded, tail, 2 * layout.Bias);
        return reduction.Scale(reduction.Exp());
    }

    // Dekker's sum for |a| ≥ |b| or a = 0.
    static (Scalar High, Scalar Low) FastSum(Scalar a, Scalar b)
    {
        Scalar sum = a + b;
        return (sum, a - sum + b);
    }

    static (Scalar High, Scalar Low) Product(Scalar a, Scalar aLow, Scalar b, Scalar bLow)
    {
        Scalar product = a * b;
        return (product, Scalar.Fma(aLow, b, Scalar.Fma(a, bLow, Scalar.Fma(a, b, -product))));
    }
}
