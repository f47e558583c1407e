using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>asin s - s for 0 ≤ s ≤ 1/2: the common part of <see cref="Asin"/> and <see cref="Acos"/>.</summary>
/// <remarks>Tables come from tools/fit/functions.py.</remarks>
static class AsinSeries
{
    // (asin s - s) / s³ in s²
    static readonly double[] Coarse =
    [
        0.1666666719154388, 0.074999480071807401, 0.044660205938792961, 0.030109703386557034, 0.024621936901514263, 7.4577501191800677e-3,
        0.034707059551156161,
    ];

    static readonly double[] Fine =
    [
        0.16666666666666763, 0.074999999999701195, 0.044642857175269612, 0.030381942675964321, 0.022372215888623526, 0.017351595784377886,
        0.013981015365194695, 0.011397317447364665, 0.010789191517090395, 3.6726519131331753e-3, 0.021789559417947191, -0.021115239787844606,
        0.032701269955607001,
    ];

    /// <param name="layout">The precision.</param>
    /// <param name="s">The argument.</param>
    /// <param name="z">s², as exactly as it is known.</param>
    public static Scalar Tail(FloatLayout layout, Scalar s, Scalar z) => s * z * Polynomial.Of(z, layout.IsCoarse ? Coarse : Fine);
}
