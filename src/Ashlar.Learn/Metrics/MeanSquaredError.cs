namespace Ashlar.Metrics;

/// <summary>The mean of (prediction - target)² over all elements.</summary>
public sealed class MeanSquaredError : ErrorMean
{
    private protected override double Error(double prediction, double target) => (prediction - target) * (prediction - target);
}
