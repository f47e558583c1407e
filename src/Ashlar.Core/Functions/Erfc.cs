using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>1 - erf x with small relative error, 2/√π ∫ₓ^∞ e^(-t²) dt.</summary>
/// <remarks>With a = |x|: e^(-a²) / (1 + 2a) times a polynomial in (a - 3.75) / (a + 3.75), as Shepherd and Laframboise 1981, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x";
/// the rounding error of a² is carried into the exponential; 2 minus that for negative x; float32 in float64. In float64 it is 1 - erf x up to 1/2. erfc -∞ = 2, erfc ∞ = 0, NaN stays;
/// subnormal results are rounded, not flushed. Tables come from tools/fit/functions.py.
/// Error: at most 0.52 ulp over every float32, 2.8 over samples of float64.</remarks>
public static class Erfc
{
    static readonly double[] Coarse =
    [
        1.2375126309299807, -0.1402405836929575, 3.5854037412056008e-3, 0.082275977287001964, -0.1088041158348154, 0.092315097177429986,
        -0.058683393900405438, 0.028305967475879389, -9.8337427227055546e-3, 1.8363208949460062e-3, 5.1742969211872195e-4, -1.9856792850210815e-4,
    ];

    static readonly double[] Fine =
    [
        1.2375126308378275, -0.14024059858554697, 3.5854154854753255e-3, 0.082276738490145773, -0.10880393014208908, 0.092304321160359873,
        -0.058693398584716477, 0.028362277419188731, -9.7465795978280458e-3, 1.7556258512486445e-3, 2.9371386438634361e-4,
        -2.9015407353302536e-4, 5.1648450790182869e-5, 2.2384220197330853e-5, -1.1442727259859629e-5, -9.7352650337950907e-7,
        1.7495350799124023e-6, -5.7256403114210507e-8, -2.5658842483440247e-7, 2.3290814434859727e-8, 3.7359452910006282e-8,
        -3.7553149468223417e-9, -4.6926452686687282e-9, 3.1310293488073708e-10, 3.477077022928341e-10,
    ];

    /// <param name="x">float32 or float64.</param>
    /// <returns>erfc x of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x) => Wide.Apply(x, nameof(Erfc), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar x)
    {
        Scalar a = Bound.AtMost(x.Abs(), layout.IsCoarse ? 10.15 : 27.3);
        Scalar square = a * a;
        var reduction = new ExpReduction(layout, Bound.AtLeast(-square, -746), -Scalar.Fma(a, a, -square), 2 * layout.Bias);
        Scalar right = reduction.Scale(reduction.Exp() * Scaled(layout, a));
        Scalar result = Scalar.Select(x < 0, 2 - right, right);
        return layout.IsCoarse
            ? Scalar.Select(a.EqualTo(x.Like(0)), x.Like(1), result)
            : Scalar.Select(a < 0.5, 1 - Erf.Small(layout, x, a), result);
    }

    /// <summary>e^(a²) erfc a for a ≥ 0; coarse values beyond 10 lose digits, to three in the end.</summary>
    internal static Scalar Scaled(FloatLayout layout, Scalar a) =>
        Polynomial.Of((a - 3.75) / (a + 3.75), layout.IsCoarse ? Coarse : Fine) / Scalar.Fma(a, a.Like(2), 1);
}
