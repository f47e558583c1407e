namespace Ashlar.Lab;

/// <summary>All points of one metric in five numbers. A value that is no number counts, and is the last, but never the least or the greatest.</summary>
/// <param name="Last">The value logged last.</param>
/// <param name="Min">The least; NaN where no point is a number.</param>
/// <param name="Max">The greatest; NaN where no point is a number.</param>
/// <param name="Step">Of the last value.</param>
/// <param name="Count">Points, ≥ 1.</param>
public readonly record struct MetricSummary(double Last, double Min, double Max, long Step, long Count)
{
    /// <summary>Of one point.</summary>
    /// <param name="value">Any.</param>
    /// <param name="step">Of the training.</param>
    public static MetricSummary Of(double value, long step) => new(value, value, value, step, 1);

    /// <summary>With a point more.</summary>
    /// <param name="value">Any.</param>
    /// <param name="step">Of the training.</param>
    public MetricSummary With(double value, long step) =>
        new(value, value < Min || double.IsNaN(Min) ? value : Min, value > Max || double.IsNaN(Max) ? value : Max, step, Count + 1);
}
