namespace Ashlar.Metrics;

/// <summary>The mean of |prediction - target| over all elements, in the target's unit.</summary>
public sealed class MeanAbsoluteError : ErrorMean
{
    private protected override double Error(double prediction, double target) => Math.Abs(prediction - target);
}
