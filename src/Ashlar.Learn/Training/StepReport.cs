namespace Ashlar.Training;

/// <summary>One step of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Step">Steps taken in all epochs.</param>
/// <param name="Steps">Steps of the whole training.</param>
/// <param name="Loss">Cross-entropy of the step's images, in nats.</param>
/// <param name="Images">Images of all steps taken.</param>
/// <param name="StepSeconds">Time of all steps taken, without measuring.</param>
public readonly record struct StepReport(int Epoch, long Step, long Steps, double Loss, long Images, double StepSeconds);
