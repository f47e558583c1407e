using System.Globalization;
using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary>How a training's progress reads.</summary>
static class ProgressText
{
    public static string Of(StepReport step, int epochs, double? accuracy)
        => string.Create(CultureInfo.InvariantCulture, $"epoch {step.Epoch}/{epochs}  loss {step.Loss:0.0000}  {(accuracy is double share ? string.Create(CultureInfo.InvariantCulture, $"test {share:0.00%}  ") : "")}{step.Images / step.StepSeconds:#,0} images/s");

    public static string Of(EpochReport epoch)
        => string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}/{epoch.Epochs}  mean loss {epoch.Loss:0.0000}  test accuracy {epoch.TestAccuracy:0.00%}  {epoch.Seconds:0.0} s");
}
