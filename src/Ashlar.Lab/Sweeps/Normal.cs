using Ashlar.Functions;
using Ashlar.Scalars;

namespace Ashlar.Lab.Sweeps;

/// <summary>The normal distribution cut to [0, 1], by our own functions: the same bits everywhere.</summary>
/// <param name="mean">Before the cut.</param>
/// <param name="deviation">Before the cut, above 0.</param>
readonly struct Normal(double mean, double deviation)
{
    const double RootOfHalf = 0.70710678118654752440;
    const double LogRootOfTwoPi = 0.91893853320467274178;

    static readonly ScalarProgram ErfcProgram = Define(Erfc.Of);
    static readonly ScalarProgram QuantileProgram = Define(Ndtri.Of);

    readonly double _below = Share(-mean / deviation);
    readonly double _within = Share((1 - mean) / deviation) - Share(-mean / deviation);
    readonly double _logScale = LogRootOfTwoPi + ElementaryFunctions.Log(deviation * (Share((1 - mean) / deviation) - Share(-mean / deviation)));

    /// <summary>The logarithm of the density at a place.</summary>
    public double LogDensity(double place)
    {
        double z = (place - mean) / deviation;
        return (-0.5 * z * z) - _logScale;
    }

    /// <summary>The place below which a share of the distribution lies.</summary>
    /// <param name="share">In [0, 1).</param>
    public double Quantile(double share)
    {
        double place = mean + (deviation * Evaluate(QuantileProgram, _below + (share * _within)));
        return Math.Clamp(place, 0, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(1.0) - 1));
    }

    static double Share(double z) => 0.5 * Evaluate(ErfcProgram, -z * RootOfHalf);

    static double Evaluate(ScalarProgram program, double x)
    {
        Span<long> result = stackalloc long[1];
        ScalarInterpreter.Evaluate(program, [BitConverter.DoubleToInt64Bits(x)], result, stackalloc long[program.Instructions.Length]);
        return BitConverter.Int64BitsToDouble(result[0]);
    }

    static ScalarProgram Define(Func<Scalar, Scalar> function)
    {
        var builder = new ScalarBuilder();
        return builder.Build(function(builder.Input(DType.Float64)));
    }
}
