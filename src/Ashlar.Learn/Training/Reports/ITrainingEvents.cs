namespace Ashlar.Training;

/// <summary>Is told how a training goes: a progress bar, a record of runs. What it does changes no result; it runs between two steps, so it should be quick.</summary>
public interface ITrainingEvents
{
    /// <summary>A run begins or goes on.</summary>
    void OnFitStart(FitStart start)
    {
    }

    /// <summary>A step was taken.</summary>
    void OnStep(StepReport step)
    {
    }

    /// <summary>The validation data was measured.</summary>
    void OnValidation(ValidationReport validation)
    {
    }

    /// <summary>The test data was measured.</summary>
    void OnTest(ValidationReport test)
    {
    }

    /// <summary>An epoch ended, its validation included.</summary>
    void OnEpoch(EpochReport epoch)
    {
    }

    /// <summary>A checkpoint is about to be written. Who goes on from it never comes back to the steps before, so what was told of them must be on the disk first.</summary>
    /// <param name="step">Steps taken.</param>
    void OnSaving(long step)
    {
    }

    /// <summary>A checkpoint was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="step">Steps taken.</param>
    void OnCheckpoint(string path, long step)
    {
    }

    /// <summary>The run ended; not after an exception.</summary>
    void OnFitEnd(FitResult result)
    {
    }
}
