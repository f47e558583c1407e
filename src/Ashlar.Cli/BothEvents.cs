using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary>Tells two listeners.</summary>
/// <param name="first">Is told first.</param>
/// <param name="second">Is told then.</param>
sealed class BothEvents(ITrainingEvents first, ITrainingEvents second) : ITrainingEvents
{
    public void OnFitStart(FitStart start) => Each(events => events.OnFitStart(start));

    public void OnStep(StepReport step)
    {
        first.OnStep(step);
        second.OnStep(step);
    }

    public void OnValidation(ValidationReport validation) => Each(events => events.OnValidation(validation));

    public void OnTest(ValidationReport test) => Each(events => events.OnTest(test));

    public void OnEpoch(EpochReport epoch) => Each(events => events.OnEpoch(epoch));

    public void OnSaving(long step) => Each(events => events.OnSaving(step));

    public void OnCheckpoint(string path, long step) => Each(events => events.OnCheckpoint(path, step));

    public void OnFitEnd(FitResult result) => Each(events => events.OnFitEnd(result));

    void Each(Action<ITrainingEvents> tell)
    {
        tell(first);
        tell(second);
    }
}
