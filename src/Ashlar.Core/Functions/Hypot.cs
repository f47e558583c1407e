using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>√(x² + y²) without overflow on the way.</summary>
/// <remarks>float32 in float64; float64 scaled by a power of two where a square would leave the range. An infinite argument gives ∞, even beside a NaN.
/// Error: at most 0.51 ulp over samples of float32, 1.0 of float64.</remarks>
public static class Hypot
{
    /// <param name="x">float32 or float64.</param>
    /// <param name="y">Of the same type.</param>
    /// <returns>The length of (x, y), of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float, or y is of another type.</exception>
    public static Scalar Of(Scalar x, Scalar y) => Wide.Apply(x, y, nameof(Hypot), Length);

    static Scalar Length(FloatLayout layout, Scalar x, Scalar y)
    {
        (Scalar ax, Scalar ay) = (x.Abs(), y.Abs());
        Scalar infinity = x.Like(double.PositiveInfinity);
        Scalar infinite = ax.EqualTo(infinity) | ay.EqualTo(infinity);
        if (layout.IsCoarse)
        {
            return Scalar.Select(infinite, infinity, Scalar.Fma(ax, ax, ay * ay).Sqrt());
        }

        Scalar large = Scalar.Max(ax, ay);
        Scalar small = Scalar.Min(ax, ay);
        Scalar high = large > Math.ScaleB(1, 500);
        Scalar low = large < Math.ScaleB(1, -400);
        Scalar scale = Scalar.Select(high, x.Like(Math.ScaleB(1, -600)), Scalar.Select(low, x.Like(Math.ScaleB(1, 600)), x.Like(1)));
        Scalar back = Scalar.Select(high, x.Like(Math.ScaleB(1, 600)), Scalar.Select(low, x.Like(Math.ScaleB(1, -600)), x.Like(1)));
        (large, small) = (large * scale, small * scale);
        return Scalar.Select(infinite, infinity, Scalar.Fma(large, large, small * small).Sqrt() * back);
    }
}
