using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>x to the power y.</summary>
/// <remarks>e^(y ln |x|) with the logarithm and the product as unevaluated sums of two floats (<see cref="LogPair"/>), the sign put on for odd integers y.
/// IEEE 754-2019, section 9.2.1: x⁰ = 1 and 1^y = 1 even for NaN; a negative finite x to a power that is no integer is NaN;
/// zeros and infinities as limits, with the sign of x for odd y.
/// Error: at most 0.9 ulp over samples of float32, 1.2 over samples of float64.</remarks>
public static class Pow
{
    /// <param name="x">float32 or float64, the base.</param>
    /// <param name="y">The exponent, of the same type.</param>
    /// <returns>x^y of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float, or y is of another type.</exception>
    public static Scalar Of(Scalar x, Scalar y)
    {
        var layout = FloatLayout.Of(x, nameof(Pow));
        Scalar magnitude = x.Abs();
        (Scalar high, Scalar low) = LogPair.Of(layout, magnitude);
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
}
