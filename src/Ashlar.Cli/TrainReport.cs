using System.Globalization;
using Ashlar.Data.Datasets;
using Ashlar.Nn;
using Ashlar.Training;
using Spectre.Console;

namespace Ashlar.Cli;

/// <summary>What <c>ashlar train</c> says before and after.</summary>
/// <param name="console">For people.</param>
/// <param name="data">What is learned.</param>
/// <param name="classifier">What learns.</param>
/// <param name="options">How.</param>
sealed class TrainReport(IAnsiConsole console, ImageDataset data, ImageClassifier classifier, ImageTrainingOptions options)
{
    /// <summary>The dataset's facts and the model's layers.</summary>
    public void Begin()
    {
        var facts = new Table().Border(TableBorder.Simple).AddColumns("dataset", "images to learn from", "to measure on", "image", "classes", "epochs", "batch", "learning rate", "seed");
        facts.AddRow(Markup.Escape(data.Name), Whole(data.Train.Count), Whole(data.Test.Count), $"{data.Channels} x {data.Height} x {data.Width}", Whole(data.Classes), Whole(options.Epochs), Whole(options.BatchSize), Number(options.LearningRate), options.Seed.ToString(CultureInfo.InvariantCulture));
        console.Write(facts);

        ModelSummary summary = ModelSummary.Of(classifier.Model, new Shape(1, data.Channels, data.Height, data.Width));
        var layers = new Table().Border(TableBorder.Simple).AddColumns("layer", "output for one image");
        layers.AddColumn(new TableColumn("parameters").RightAligned()).AddColumn(new TableColumn("MFLOP").RightAligned()).AddColumn(new TableColumn("KiB of result").RightAligned());
        foreach (LayerSummary layer in summary.Layers)
        {
            layers.AddRow(Markup.Escape(layer.Layer.Replace("new ", "", StringComparison.Ordinal)), Markup.Escape(layer.Output.ToString()), Whole(layer.Parameters), Number(layer.Megaflops, "0.000"), Number(layer.ActivationBytes / 1024.0, "#,0.0"));
        }

        layers.AddRow("all", "", Whole(summary.Parameters), Number(summary.Megaflops, "0.000"), Number(summary.ActivationBytes / 1024.0, "#,0.0"));
        console.Write(layers);
    }

    /// <summary>What it came to.</summary>
    public void End(FitResult result, string path, string? run)
    {
        string accuracy = result.Values.TryGetValue("accuracy", out double share) ? $"test accuracy {share.ToString("0.00%", CultureInfo.InvariantCulture)}" : "no epoch finished";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(result.Reason == StopReason.Finished ? "" : $"interrupted after step {result.Steps}; ")}{accuracy}  {result.Seconds:0.0} s  {result.ExamplesPerSecond:#,0} images/s  peak memory {ProcessMemory.PeakBytes / 1048576.0:0} MiB"));
        console.WriteLine($"weights {classifier.WeightsHash()}");
        console.WriteLine($"model   {path}");
        if (run is not null)
        {
            console.WriteLine($"run     {run}   again, and compared: ashlar reproduce @last");
        }

        if (result.Reason != StopReason.Finished && options.Checkpoints is not null)
        {
            console.WriteLine("The same command with --resume goes on from here.");
        }
    }

    /// <summary>What a run for trying came to; it leaves no model.</summary>
    public void EndOfTrial(FitResult result)
    {
        string accuracy = result.Values.TryGetValue("accuracy", out double share) ? string.Create(CultureInfo.InvariantCulture, $", accuracy {share:0.00%} on what was measured") : "";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tried {result.Steps} steps{(result.Loss is double loss ? $", last mean loss {loss:0.0000}" : "")}{accuracy}; nothing was saved"));
    }

    /// <summary>The same for programs, one line.</summary>
    public string Json(FitResult result, string path, string? run) => JsonLine.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("dataset", data.Name);
        json.WriteNumber("epochs", result.Epochs);
        json.WriteNumber("testAccuracy", result.Values.TryGetValue("accuracy", out double share) ? share : (double?)null);
        json.WriteNumber("trainLoss", result.Loss);
        json.WriteString("weightsSha256", classifier.WeightsHash());
        json.WriteNumber("seconds", Math.Round(result.Seconds, 3));
        json.WriteNumber("samplesPerSecond", Math.Round(result.ExamplesPerSecond, 1));
        json.WriteNumber("peakBytes", ProcessMemory.PeakBytes);
        json.WriteNumber("kernelsCompiled", Diagnostics.KernelsCompiled);
        json.WriteString("modelPath", path);
        json.WriteString("run", run);
        json.WriteEndObject();
    });

    static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    static string Number(double number, string format = "0.######") => number.ToString(format, CultureInfo.InvariantCulture);
}
