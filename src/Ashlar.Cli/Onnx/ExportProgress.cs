using Spectre.Console;

namespace Ashlar.Cli.Onnx;

/// <summary>A bar while a large file is written, on a terminal.</summary>
/// <param name="task">The bar.</param>
sealed class ExportProgress(ProgressTask task) : IProgress<double>
{
    // Less is written before a bar could be read.
    const long Large = 64 << 20;

    /// <param name="bytes">How much is to be written.</param>
    /// <param name="write">Takes what is to be told, or null.</param>
    public static void Show(long bytes, Action<IProgress<double>?> write)
    {
        if (bytes < Large || !Screen.ErrorIsTerminal)
        {
            write(null);
            return;
        }

        Screen.On(Console.Error, isTerminal: true).Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => write(new ExportProgress(context.AddTask("writing", maxValue: 1))));
    }

    public void Report(double value) => task.Value = value;
}
