namespace Ashlar.Training;

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Epochs">Epochs of the whole training, or null where something else ends it.</param>
/// <param name="Step">Steps taken in all epochs.</param>
/// <param name="Loss">Mean loss of the epoch's examples, each before its step.</param>
/// <param name="TrainingValues">The training metrics over the epoch; empty without.</param>
/// <param name="Values">What the last validation gave, <c>loss</c> first; empty before the first.</param>
/// <param name="Seconds">Time since the run began or was resumed, measuring included.</param>
public sealed record EpochReport(int Epoch, int? Epochs, long Step, double Loss, IReadOnlyDictionary<string, double> TrainingValues, IReadOnlyDictionary<string, double> Values, double Seconds);
