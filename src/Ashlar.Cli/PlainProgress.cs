using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary>A line for every epoch, and one every few seconds in a long one.</summary>
/// <param name="writer">Takes the lines.</param>
/// <param name="epochs">Epochs of the whole training.</param>
sealed class PlainProgress(TextWriter writer, int epochs) : ITrainingEvents
{
    const double SecondsBetweenLines = 5;

    double _next = SecondsBetweenLines;

    public void OnStep(StepReport step)
    {
        if (step.StepSeconds >= _next)
        {
            _next = step.StepSeconds + SecondsBetweenLines;
            writer.WriteLine($"step {step.Step}/{step.Steps}  {ProgressText.Of(step, epochs, null)}{ProgressText.Left(step)}");
        }
    }

    public void OnEpoch(EpochReport epoch) => writer.WriteLine(ProgressText.Of(epoch));
}
