using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The inverse of <see cref="Erf"/>; √2 times it at 2u - 1 turns a uniform u into a standard normal number.</summary>
/// <remarks>A function of w = -ln(1 - x²), as in Giles 2010, "Approximating the erfinv function", here x + x R(w) with one rational R for float32, computed in float64;
/// for float64 that up to w = 7 and x √w (1 + R) above. At ±1 it is ±∞, beyond NaN; -0 stays. Tables come from tools/fit/functions.py.
/// Error: at most 0.57 ulp over every float32, 2.9 over samples of float64.</remarks>
public static class ErfInverse
{
    const double Split = 7;

    static readonly double[] SingleTop =
    [
        -0.113773078, 0.221529454, 0.0290708765, 6.34918967e-3, 5.29571436e-4, 3.35680161e-5, 9.51921848e-8,
    ];

    static readonly double[] SingleBottom =
    [
        1.0, 0.0921508521, 0.033913102, 2.18740408e-3, 2.2736947e-4, 3.00263969e-6,
    ];

    static readonly double[] CentralTop =
    [
        -0.11377307454724199, 0.22220251127952756, 0.025485827141293025, 0.010625884788843501, 1.035297078387258e-3,
        1.5015917482294209e-4, 9.89825646780932e-6, 5.6355874052851979e-7, 1.2742831809504214e-8, -1.2531038093956718e-10,
    ];

    static readonly double[] CentralBottom =
    [
        1.0, 0.08623442140568699, 0.053361300228140451, 3.6521410409818067e-3, 8.6952057803224461e-4,
        4.1547184085448369e-5, 4.0648391431870501e-6, 8.9811336704956098e-8, 8.3306632019273499e-10, -1.848069116838556e-11,
    ];

    static readonly double[] TailTop =
    [
        -0.06273423546132996, -0.030377961162142992, -6.9158389706187404e-3, -1.0353222425732356e-3, -1.0752929714318836e-4,
        -8.499874559213749e-6, -5.017230531702679e-7, -2.2454587760858948e-8, -7.238471141162602e-10, -1.3858859933475884e-11,
        -7.5418425433873518e-14, -1.6102195621085972e-17,
    ];

    static readonly double[] TailBottom =
    [
        1.0, 0.54514584002003097, 0.1420369378406573, 0.02356073304515318, 2.766967443910339e-3,
        2.4321555416354228e-4, 1.635417095728315e-5, 8.4407058746956089e-7, 3.2595453806438599e-8, 8.8430831140790745e-10,
        1.2587806525654477e-11, 4.7584393331247234e-14,
    ];

    /// <param name="x">float32 or float64 in [-1, 1].</param>
    /// <returns>The y with erf y = x, of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        Scalar result = Wide.Apply(x, nameof(ErfInverse), Inside);
        Scalar magnitude = x.Abs();
        Scalar edge = Scalar.Select(magnitude.EqualTo(x.Like(1)), x * double.PositiveInfinity, x.Like(double.NaN));
        return Scalar.Select(magnitude < 1, result, edge);
    }

    static Scalar Inside(FloatLayout layout, Scalar x)
    {
        if (layout.IsCoarse)
        {
            Scalar rough = -CoarseLog.Of(Scalar.Fma(-x, x, 1));
            return layout.CopySign(Scalar.Fma(x, Polynomial.Of(rough, SingleTop) / Polynomial.Of(rough, SingleBottom), x), x);
        }

        var reduction = new LogReduction(layout, Scalar.Fma(-x, x, 1));
        Scalar w = -reduction.Log(reduction.Exponent(), reduction.Mantissa() - 1);
        Scalar central = w < Split;
        Scalar t = w - Split;
        Scalar top = Scalar.Select(central, Polynomial.Of(w, CentralTop), Polynomial.Of(t, TailTop));
        Scalar bottom = Scalar.Select(central, Polynomial.Of(w, CentralBottom), Polynomial.Of(t, TailBottom));
        Scalar leading = Scalar.Select(central, x, x * w.Sqrt());
        return layout.CopySign(Scalar.Fma(leading, top / bottom, leading), x);
    }
}
