using System.Globalization;
using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary>How a training's progress reads.</summary>
static class ProgressText
{
    public static string Of(StepReport step, int epochs, double? accuracy)
        => string.Create(CultureInfo.InvariantCulture, $"epoch {step.Epoch}/{epochs}  loss {step.Loss:0.0000}  {(accuracy is double share ? string.Create(CultureInfo.InvariantCulture, $"test {share:0.00%}  ") : "")}{step.ExamplesPerSecond:#,0} images/s");

    public static string Left(StepReport step)
        => step.SecondsLeft is double seconds ? string.Create(CultureInfo.InvariantCulture, $"  {TimeSpan.FromSeconds(Math.Ceiling(seconds)):c} left") : "";

    public static string Of(EpochReport epoch)
        => string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}/{epoch.Epochs}  mean loss {epoch.Loss:0.0000}  test accuracy {epoch.Values["accuracy"]:0.00%}  {epoch.Seconds:0.0} s");
}
