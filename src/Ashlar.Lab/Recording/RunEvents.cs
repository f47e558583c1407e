using Ashlar.Training;

namespace Ashlar.Lab;

/// <summary>Turns what a trainer tells into points and artifacts of a run.</summary>
sealed class RunEvents(Run run, RunChain chain) : ITrainingEvents
{
    double _rate;

    public void OnFitStart(FitStart start)
    {
        if (start.ResumedFrom is not null)
        {
            run.GoOnFrom(start.Step);
        }
    }

    public void OnStep(StepReport step)
    {
        run.Log("train/loss", step.Loss, step.Step);
        run.Log("train/learning_rate", step.LearningRate, step.Step);
        if (step.GradientNorm is { } norm)
        {
            run.Log("train/gradient_norm", norm, step.Step);
        }

        _rate = step.ExamplesPerSecond;
    }

    public void OnValidation(ValidationReport validation) => Log("", validation);

    public void OnTest(ValidationReport test) => Log("test/", test);

    public void OnEpoch(EpochReport epoch)
    {
        run.Log("epoch", epoch.Epoch, epoch.Step);
        run.Log("train/epoch_loss", epoch.Loss, epoch.Step);
        run.Log("train/examples_per_second", _rate, epoch.Step);
        foreach ((string name, double value) in epoch.TrainingValues)
        {
            run.Log($"train/{name}", value, epoch.Step);
        }
    }

    public void OnSaving(long step)
    {
        chain.Write();
        run.Settle();
    }

    public void OnCheckpoint(string path, long step) => run.KeepCheckpoint(path, step);

    void Log(string group, ValidationReport report)
    {
        foreach ((string name, double value) in report.Values)
        {
            run.Log(group + name, value, report.Step);
        }
    }
}
