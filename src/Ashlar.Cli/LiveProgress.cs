using Ashlar.Training;
using Spectre.Console;

namespace Ashlar.Cli;

/// <summary>A bar that moves with the steps.</summary>
/// <param name="task">The bar.</param>
/// <param name="epochs">Epochs of the whole training.</param>
sealed class LiveProgress(ProgressTask task, int epochs) : ITrainingEvents
{
    double? _accuracy;

    /// <summary>Shows a bar on standard error while a training runs.</summary>
    public static FitResult Show(int epochs, Func<ITrainingEvents, FitResult> train) => Screen.On(Console.Error, isTerminal: true).Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context => train(new LiveProgress(context.AddTask("starting"), epochs)));

    public void OnStep(StepReport step)
    {
        task.MaxValue = step.Steps ?? step.Step;
        task.Value = step.Step;
        task.Description = Markup.Escape(ProgressText.Of(step, epochs, _accuracy));
    }

    public void OnEpoch(EpochReport epoch) => _accuracy = epoch.Values.TryGetValue("accuracy", out double share) ? share : null;
}
