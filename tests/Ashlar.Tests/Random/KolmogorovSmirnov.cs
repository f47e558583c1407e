namespace Ashlar.Tests.Random;

/// <summary>Whether samples follow a distribution.</summary>
static class KolmogorovSmirnov
{
    /// <summary>sup |Fₙ - F| · √n; above 1.95 for one of 1,000 true samples (Kolmogorov 1933).</summary>
    public static double Statistic(double[] samples, Func<double, double> distribution)
    {
        double[] sorted = [.. samples.Order()];
        double worst = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double f = distribution(sorted[i]);
            worst = Math.Max(worst, Math.Max(f - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - f));
        }

        return worst * Math.Sqrt(sorted.Length);
    }
}
