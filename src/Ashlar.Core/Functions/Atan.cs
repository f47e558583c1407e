using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Arc tangent in radians, in [-π/2, π/2].</summary>
/// <remarks>|x| beyond tan π/8 becomes (|x| - 1) / (|x| + 1), beyond tan 3π/8 it becomes -1 / |x|; float32 in float64. ±∞ gives ±π/2, ±0 stays.
/// Error: at most 0.51 ulp over every float32, 1.6 over samples of float64.</remarks>
public static class Atan
{
    /// <param name="x">float32 or float64.</param>
    /// <returns>atan x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Atan), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar a = x.Abs();
        Scalar middle = a > AtanSeries.Eighth;
        Scalar large = a > (AtanSeries.Eighth + 2);
        Scalar zero = a.Like(0);
        Scalar top = Scalar.Select(large, a.Like(-1), Scalar.Select(middle, a - 1, a));
        Scalar bottom = Scalar.Select(large, a, Scalar.Select(middle, a + 1, a.Like(1)));
        Scalar t = top / bottom;
        Scalar high = Scalar.Select(large, a.Like(1.5707963267948966), Scalar.Select(middle, a.Like(0.78539816339744831), zero));
        Scalar low = Scalar.Select(large, a.Like(6.123233995736766e-17), Scalar.Select(middle, a.Like(3.061616997868383e-17), zero));
        return layout.CopySign(high + (t + (AtanSeries.Tail(layout, t) + low)), x);
    }
}
