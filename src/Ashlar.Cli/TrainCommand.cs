using System.CommandLine;
using System.Globalization;
using Ashlar.Data.Datasets;
using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary><c>ashlar train</c></summary>
sealed class TrainCommand
{
    public static readonly string[] Examples =
    [
        "ashlar train digits",
        "ashlar train fashion-mnist --epochs 3 --seed 7",
        "ashlar train kmnist --data DIR --out models/kmnist",
        "ashlar train digits --resume",
        "ashlar train digits --epochs 1 --train-count 32 --test-count 32 --executor reference --json",
    ];

    const int TrialBatches = 2;

    readonly Argument<string> _dataset = new("DATASET") { Description = "digits (comes with Ashlar), fashion-mnist, mnist, or any name together with --data." };
    readonly Option<string?> _data = new("--data") { Description = "Folder with the four IDX files of the dataset.", HelpName = "DIR" };
    readonly Option<int?> _classes = NumberOption.Whole("--classes", "Classes of an IDX dataset. Default: 10.", 1);
    readonly Option<int?> _trainCount = NumberOption.Whole("--train-count", "Learn from the first N training images only.", 1);
    readonly Option<int?> _testCount = NumberOption.Whole("--test-count", "Measure on the first N test images only.", 1);
    readonly Option<int?> _epochs = NumberOption.Whole("--epochs", "Passes over the training images. Default: 20 for small images, else 5.", 1);
    readonly Option<int?> _batch = NumberOption.Whole("--batch", "Images of a step. Default: 32 for small images, else 64.", 1);
    readonly Option<double?> _rate = NumberOption.Positive("--lr", "The largest learning rate. Default: 0.002.");
    readonly Option<long> _seed = NumberOption.Seed("--seed", "Decides first weights, order of images and dropout. Default: 0.");
    readonly Option<string?> _out = new("--out") { Description = "Folder for model.safetensors. Default: .ashlar/models/DATASET.", HelpName = "DIR" };
    readonly Option<bool> _resume = new("--resume") { Description = "Go on from the last checkpoint under --out; all other options as before. The result is that of a run that was never stopped." };
    readonly Option<int?> _every = NumberOption.Whole("--checkpoint-every", "Steps from one checkpoint to the next. Default: after every epoch only.", 1);
    readonly Option<bool> _fast = new("--fast-dev-run") { Description = "Try everything on two batches and save nothing." };
    readonly Option<int?> _overfit = NumberOption.Whole("--overfit-batches", "Learn the first N batches by heart, measure on them and save nothing.", 1);
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON on standard output; text for people goes to standard error." };
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("train", "Trains a classifier of images and saves it.") { _dataset, _data, _classes, _trainCount, _testCount, _epochs, _batch, _rate, _seed, _out, _resume, _every, _fast, _overfit, _json };
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(_dataset);
        ImageDataset data = Part(DatasetPlaces.Load(name, parsed.GetValue(_data), parsed.GetValue(_classes) ?? IdxFolder.DefaultClasses), parsed);
        ImageClassifierRecipe recipe = ImageClassifierRecipe.For(data);
        ImageTrainingOptions options = recipe.Options with
        {
            Epochs = parsed.GetValue(_epochs) ?? recipe.Options.Epochs,
            BatchSize = parsed.GetValue(_batch) ?? recipe.Options.BatchSize,
            LearningRate = parsed.GetValue(_rate) ?? recipe.Options.LearningRate,
            Seed = parsed.GetValue(_seed),
        };
        string folder = parsed.GetValue(_out) ?? Path.Combine(".ashlar", "models", name);
        bool isTrial = parsed.GetValue(_fast) || parsed.GetValue(_overfit) is not null;
        options = isTrial ? Trial(options, parsed) : Checkpointed(options, parsed, Path.Combine(folder, "checkpoints"));
        var report = new TrainReport(Screen.ForPeople(parsed.GetValue(_json)), data, recipe.Classifier, options);
        using IDisposable execution = _execution.Use(parsed);
        using var interrupt = new Interrupt();
        report.Begin();
        FitResult result = Train(new ImageClassifierTraining(recipe.Classifier, data, options), options.Epochs, interrupt.Token);
        if (isTrial)
        {
            report.EndOfTrial(result);
            return result.Reason == StopReason.Finished ? ExitCode.Success : ExitCode.Interrupted;
        }

        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "model.safetensors");
        ImageClassifierFile.Save(path, recipe.Classifier, new Dictionary<string, string>
        {
            ["dataset"] = name,
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["steps"] = result.Steps.ToString(CultureInfo.InvariantCulture),
        });
        report.End(result, path);
        if (parsed.GetValue(_json))
        {
            Console.Out.WriteLine(report.Json(result, path));
        }

        return result.Reason == StopReason.Finished ? ExitCode.Success : ExitCode.Interrupted;
    }

    ImageTrainingOptions Trial(ImageTrainingOptions options, ParseResult parsed) => parsed.GetValue(_resume) || (parsed.GetValue(_fast) && parsed.GetValue(_overfit) is not null)
        ? throw new UsageException("train: --fast-dev-run, --overfit-batches and --resume exclude each other. Give one of them.")
        : options with { FastRun = parsed.GetValue(_fast) ? TrialBatches : null, OverfitBatches = parsed.GetValue(_overfit) };

    ImageTrainingOptions Checkpointed(ImageTrainingOptions options, ParseResult parsed, string folder)
    {
        string last = new ModelCheckpoint(folder).LastPath;
        return parsed.GetValue(_resume) && !File.Exists(last)
            ? throw new UsageException($"train: --resume finds no checkpoint at {last}. Train without it first, or name the folder with --out.")
            : options with { Checkpoints = folder, CheckpointEverySteps = parsed.GetValue(_every), Resume = parsed.GetValue(_resume) ? last : null };
    }

    static FitResult Train(ImageClassifierTraining training, int epochs, CancellationToken cancellation) => Screen.ErrorIsTerminal
        ? LiveProgress.Show(epochs, progress => training.Run(progress, cancellation))
        : training.Run(new PlainProgress(Console.Error, epochs), cancellation);

    ImageDataset Part(ImageDataset data, ParseResult parsed) => new(
        data.Name, First(data.Train, parsed.GetValue(_trainCount), _trainCount.Name), First(data.Test, parsed.GetValue(_testCount), _testCount.Name), data.Maximum, data.ClassNames);

    static ImageSet First(ImageSet images, int? count, string option) => count is not int first
        ? images
        : first <= images.Count
            ? images.First(first)
            : throw new UsageException($"train: {option} is {first} and there are {images.Count} images. Ask for at most {images.Count}.");
}
