using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The inverse of the error function.</summary>
/// <remarks>x times a polynomial in w = -ln((1 - x)(1 + x)) where w is small, in √w beyond (the variables of Giles 2012, "Approximating the erfinv function").
/// Within 3 units in the last place for float32, 2.5 for float64. ±1 gives ±∞, outside [-1, 1] NaN, ±0 stays. Tables come from tools/fit/erf_inverse.py.</remarks>
public static class ErfInverse
{
    // erfinv(x)/x in w - 2.5, w < 5
    static readonly double[] NearSingle =
    [
        1.50140936, 0.246640279, -0.00417739288, -0.00125272639, 0.000218349386, -4.97241969e-06, -3.46398527e-06, 4.68131348e-07,
        2.33359672e-08, -8.93192597e-09,
    ];

    // in √w - 3.16803399, w ≥ 5
    static readonly double[] FarSingle =
    [
        3.00152681, 1.00429701, 0.00640373079, -0.00469272509, 0.00328630771, -0.00220587782, 0.00115781788, -0.00035752654,
        -4.13272145e-05, 0.00012428795, -5.75855172e-05, -5.86815761e-06, 9.63312763e-06,
    ];

    // in w - 3.125, w < 6.25
    static readonly double[] NearDouble =
    [
        1.6536545626831027, 0.24015818242558831, -0.0060336708714278497, -0.00074070253415447704, 0.00018673420802464837,
        -1.3882523394405316e-05, -1.3654691850603575e-06, 4.2347881737823391e-07, -2.9070382262927266e-08, -4.1126608200232397e-09,
        1.0512181539804126e-09, -5.414287198084716e-11, -1.2976885526532075e-11, 2.6304834740560442e-12, -8.1183994430743526e-14,
        -4.0012377350918961e-14, 6.5964077124208341e-15, -4.0282154327661744e-17, -1.3016928016796445e-16, 1.5574320246233251e-17,
        1.150022252066253e-18, -3.4996044354754177e-19, -1.113483769832702e-21, 3.240704459379902e-21,
    ];

    // in √w - 3.25, 6.25 ≤ w < 16
    static readonly double[] MiddleDouble =
    [
        3.0838856104922208, 1.0052589676941652, 0.0053709145535716799, -0.003751208508215561, 0.0024914420969817607,
        -0.0016882755357337071, 0.00095328936374356377, -0.00035503780975963814, 2.4031257015092525e-05, 6.8287086547533766e-05,
        -4.7318984120112452e-05, 1.2465167157087251e-05, 2.9257291901789823e-06, -3.986084395214756e-06, 1.4987130784186127e-06,
        -2.7004219280868947e-08, -2.7134511054394561e-07, 1.3104351499972014e-07, 6.9692419776296945e-10, -1.5102695423335065e-08,
    ];

    // in √w - 5.1, w ≥ 16
    static readonly double[] FarDouble =
    [
        4.9509348530788744, 1.010266564502291, -0.0001988588686221647, -0.00018651301730319612, 6.6800068397156371e-05,
        -1.7162632768905981e-05, 3.8899385353436526e-06, -8.3107335580668579e-07, 1.7913400978224287e-07, -4.5427020203742427e-08,
        1.654640706544551e-08, -8.1602266071499964e-09, 4.2816449598296536e-09, -2.040237345165035e-09, 8.1459048117332152e-10,
        -2.7511605169364968e-10, 7.9687560828285608e-11, -5.1057778213815384e-12, -1.1813110358030473e-11, 4.1377674239083641e-12,
    ];

    /// <param name="x">float32 or float64.</param>
    /// <returns>y with erf y = x, of the same type.</returns>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public static Scalar Of(Scalar x)
    {
        var layout = FloatLayout.Of(x, nameof(ErfInverse));
        Scalar w = -Log.Of((1 - x) * (x + 1));
        Scalar root = w.Sqrt();
        Scalar ratio;
        if (layout.IsSingle)
        {
            ratio = Scalar.Select(w < 5, Polynomial.Of(w - 2.5, NearSingle), Polynomial.Of(root - 3.16803399, FarSingle));
        }
        else
        {
            Scalar far = Scalar.Select(w < 16, Polynomial.Of(root - 3.25, MiddleDouble), Polynomial.Of(root - 5.1, FarDouble));
            ratio = Scalar.Select(w < 6.25, Polynomial.Of(w - 3.125, NearDouble), far);
        }

        return Scalar.Select(x.Abs().EqualTo(x.Like(1)), x * x.Like(double.PositiveInfinity), ratio * x);
    }
}
