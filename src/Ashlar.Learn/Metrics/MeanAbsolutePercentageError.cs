namespace Ashlar.Metrics;

/// <summary>The mean of |prediction - target| / |target| over all elements, as a share: 1 is 100 %. A target nearer to 0 than 2⁻⁵² counts as that, as in scikit-learn.</summary>
public sealed class MeanAbsolutePercentageError : ErrorMean
{
    const double Least = 1.0 / (1L << 52);

    private protected override double Error(double prediction, double target) => Math.Abs(prediction - target) / Math.Max(Math.Abs(target), Least);
}
