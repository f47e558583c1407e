namespace Ashlar.Metrics;

/// <summary>The root of the mean of (prediction - target)² over all elements, in the target's unit.</summary>
public sealed class RootMeanSquaredError : ErrorMean
{
    private protected override double Error(double prediction, double target) => (prediction - target) * (prediction - target);

    private protected override double Of(double mean) => Math.Sqrt(mean);
}
