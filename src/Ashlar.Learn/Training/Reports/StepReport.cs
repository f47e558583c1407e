namespace Ashlar.Training;

/// <summary>One step of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Step">Steps taken in all epochs.</param>
/// <param name="Steps">Steps of the whole training, or null where only time ends it.</param>
/// <param name="Loss">Loss of the step's batch before the step; of several micro-batches their mean.</param>
/// <param name="LearningRate">Of the step.</param>
/// <param name="GradientNorm">Before clipping; null without <see cref="Optim.Optimizer.ClipNorm"/>.</param>
/// <param name="RunSteps">Steps taken since the run began or was resumed.</param>
/// <param name="Examples">Examples of these steps.</param>
/// <param name="StepSeconds">Time of these steps, without measuring and saving.</param>
public readonly record struct StepReport(int Epoch, long Step, long? Steps, double Loss, double LearningRate, double? GradientNorm, long RunSteps, long Examples, double StepSeconds)
{
    /// <summary>Examples for each second of steps.</summary>
    public double ExamplesPerSecond => StepSeconds > 0 ? Examples / StepSeconds : 0;

    /// <summary>Seconds that the steps to come will take at this rate, or null where their number is not known.</summary>
    public double? SecondsLeft => RunSteps > 0 ? (Steps - Step) * StepSeconds / RunSteps : null;
}
