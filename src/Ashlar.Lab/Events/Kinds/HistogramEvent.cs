namespace Ashlar.Lab.Events;

/// <summary>A distribution of numbers at a step, as counts in buckets.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Limits">[buckets], ascending: bucket i holds numbers from limit i - 1 (the first: from <paramref name="Minimum"/>) up to limit i. Not copied.</param>
/// <param name="Counts">[buckets], how many numbers each holds. Not copied.</param>
/// <param name="Minimum">The smallest number.</param>
/// <param name="Maximum">The largest number.</param>
/// <param name="Sum">Sum of the numbers; NaN when a foreign file does not say.</param>
/// <param name="SumOfSquares">Sum of their squares; NaN when a foreign file does not say.</param>
/// <param name="Count">How many numbers there were.</param>
public sealed record HistogramEvent(string Tag, long Step, double WallTime, double[] Limits, double[] Counts, double Minimum, double Maximum, double Sum, double SumOfSquares, double Count)
    : LoggedEvent(Tag, Step, WallTime)
{
    /// <summary>Whether all is equal, the buckets number by number.</summary>
    /// <param name="other">Another event.</param>
    public bool Equals(HistogramEvent? other) =>
        base.Equals(other)
        && Limits.AsSpan().SequenceEqual(other.Limits) && Counts.AsSpan().SequenceEqual(other.Counts)
        && (Minimum, Maximum, Sum, SumOfSquares, Count).Equals((other.Minimum, other.Maximum, other.Sum, other.SumOfSquares, other.Count));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Limits.Length, Sum, Count);
}
