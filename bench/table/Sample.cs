namespace Ashlar.Bench;

/// <summary>Order statistics of a few figures.</summary>
static class Sample
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>By linear interpolation between the neighbours.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double at = share * (sorted.Length - 1);
        int low = (int)at;
        int high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((at - low) * (sorted[high] - sorted[low]));
    }
}
