namespace Ashlar.Training;

/// <summary>What a model achieves on data that it does not learn from.</summary>
/// <param name="Epoch">Number of the epoch under way, from 1.</param>
/// <param name="Step">Steps taken in all epochs.</param>
/// <param name="Values">The mean <c>loss</c>, and the metrics by their names.</param>
/// <param name="Seconds">Time that it took.</param>
public sealed record ValidationReport(int Epoch, long Step, IReadOnlyDictionary<string, double> Values, double Seconds);
