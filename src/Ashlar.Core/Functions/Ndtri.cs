using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The quantile of the standard normal distribution: the x with Φ(x) = p.</summary>
/// <remarks>Wichura 1988, algorithm AS 241, PPND16: rationals in 0.180625 - (p - ½)² and in √(-ln min(p, 1 - p)). float32 in float64. 0 gives -∞, 1 gives ∞, outside [0, 1] NaN.
/// Error: float32 at most 1 ulp, float64 at most 8 ulp over samples away from the zero at ½, there 10⁻¹⁶ absolutely.</remarks>
public static class Ndtri
{
    static readonly double[] CentralTop =
    [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4, 4.5921953931549871457e+4,
        6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ];

    static readonly double[] CentralBottom =
    [
        1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4, 3.9307895800092710610e+4,
        2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ];

    static readonly double[] MiddleTop =
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
        2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    static readonly double[] MiddleBottom =
    [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
        5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    static readonly double[] FarTop =
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
        1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    static readonly double[] FarBottom =
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
        1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <param name="p">float32 or float64 in [0, 1].</param>
    /// <returns>The quantile of the same type.</returns>
    /// <exception cref="DTypeException">p is not a float.</exception>
    public static Scalar Of(Scalar p) => Wide.Apply(p, nameof(Ndtri), Reduced);

    static Scalar Reduced(FloatLayout layout, Scalar p)
    {
        Scalar q = p - 0.5;
        Scalar tail = Scalar.Select(q < 0, p, 1 - p);
        Scalar r = (-(layout.IsCoarse ? CoarseLog.Of(tail) : Log.Of(tail))).Sqrt();
        Scalar isCentral = q.Abs() <= 0.425;
        Scalar isFar = r > 5;
        Scalar middle = r - 1.6;
        Scalar far = r - 5;
        Scalar t = Scalar.Fma(-q, q, 0.180625);
        Scalar top = Choose(isCentral, isFar, Polynomial.Of(t, CentralTop) * q, Polynomial.Of(middle, MiddleTop), Polynomial.Of(far, FarTop));
        Scalar bottom = Choose(isCentral, isFar, Polynomial.Of(t, CentralBottom), Polynomial.Of(middle, MiddleBottom), Polynomial.Of(far, FarBottom));
        Scalar value = top / bottom;
        value = Scalar.Select(isCentral | (q > 0), value, -value);
        Scalar edge = Scalar.Select(p.EqualTo(p.Like(0)) | p.EqualTo(p.Like(1)), q * double.PositiveInfinity, p.Like(double.NaN));
        return Scalar.Select((p > 0) & (p < 1), value, edge);
    }

    static Scalar Choose(Scalar isCentral, Scalar isFar, Scalar central, Scalar middle, Scalar far) =>
        Scalar.Select(isCentral, central, Scalar.Select(isFar, far, middle));
}
