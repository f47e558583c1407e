namespace Ashlar.Training;

/// <summary>Is told how a training goes. What it does changes no result; it runs between two steps, so it should be quick.</summary>
public interface ITrainingProgress
{
    /// <summary>A step was taken.</summary>
    void OnStep(StepReport step);

    /// <summary>An epoch ended and the test images were classified.</summary>
    void OnEpoch(EpochReport epoch);
}
