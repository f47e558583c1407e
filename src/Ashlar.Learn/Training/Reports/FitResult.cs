namespace Ashlar.Training;

/// <summary>What a run of <see cref="Trainer{TBatch}.Fit"/> came to.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Epochs">Epochs that are finished, earlier runs included.</param>
/// <param name="Steps">Steps taken, earlier runs included.</param>
/// <param name="Loss">Mean loss of the last finished epoch, or null before the first.</param>
/// <param name="Values">What the last validation gave; empty before the first.</param>
/// <param name="Seconds">Time of this run, measuring included.</param>
/// <param name="ExamplesPerSecond">Training examples for each second of this run's steps, without measuring.</param>
public sealed record FitResult(StopReason Reason, int Epochs, long Steps, double? Loss, IReadOnlyDictionary<string, double> Values, double Seconds, double ExamplesPerSecond);
