using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Arc tangents of quotients: a multiple of π/4 plus the arc tangent of a number of at most tan π/8.</summary>
/// <remarks>Tables come from tools/fit/functions.py.</remarks>
static class AtanSeries
{
    /// <summary>tan π/8.</summary>
    public const double Eighth = 0.41421356237309503;

    // (atan t - t) / t³ in t², |t| ≤ tan π/8
    static readonly double[] Coarse =
    [
        -0.3333333251233479, 0.19999904971990434, -0.14282035574308968, 0.11045008750503613, -0.084779091933306155, 0.047472007137122005,
    ];

    static readonly double[] Fine =
    [
        -0.33333333333333326, 0.19999999999997264, -0.14285714285349016, 0.11111111086211577, -0.090909080851225524, 0.076922816060091381,
        -0.06666211881518358, 0.058768926622298281, -0.052176589995437124, 0.045008060697804032, -0.033416194112194993, 0.015140814774033302,
    ];

    /// <summary>atan t - t.</summary>
    public static Scalar Tail(FloatLayout layout, Scalar t)
    {
        Scalar z = t * t;
        return t * z * Polynomial.Of(z, layout.IsCoarse ? Coarse : Fine);
    }
}
