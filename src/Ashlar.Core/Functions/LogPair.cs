using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The natural logarithm as an unevaluated sum of two floats, about twice as many digits: for powers and for logarithms of other bases.</summary>
/// <remarks>2 atanh q with q = (m - 1) / (m + 1) in pairs (Dekker 1971). Tables come from tools/fit/functions.py.</remarks>
static class LogPair
{
    // (2 atanh q - 2 q - ⅔ q³) / q⁵ in q²
    static readonly double[] Single = [0.399999946, 0.28572461, 0.221559107, 0.199149296];

    static readonly double[] Double =
    [
        0.40000000000000002, 0.28571428571427088, 0.2222222222262073, 0.1818181812435434, 0.15384620344270894,
        0.13333065709714029, 0.11773763450362466, 0.10341260844550994, 0.11568153625899806,
    ];

    /// <summary>ln a = high + low for a ≥ 0: ln 0 = -∞, ln ∞ = ∞.</summary>
    public static (Scalar High, Scalar Low) Of(FloatLayout layout, Scalar a)
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

    /// <summary>ln a times a factor given in two parts.</summary>
    public static Scalar Scaled(FloatLayout layout, Scalar a, double factor, double factorLow)
    {
        (Scalar high, Scalar low) = Of(layout, a);
        (Scalar product, Scalar rest) = Product(high, low, high.Like(factor), high.Like(factorLow));
        return product + rest;
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
