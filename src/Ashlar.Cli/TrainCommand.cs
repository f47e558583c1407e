using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ashlar.Cli.Programs;
using Ashlar.Data.Datasets;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
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
        "ashlar train digits --lr 0.01 --name fast --tag stage=draft",
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
    readonly Option<bool> _noRecord = new("--no-record") { Description = "Keep no record of the run under .ashlar/runs." };
    readonly RunFacts _facts = new();
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("train", "Trains a classifier of images and saves it.") { _dataset, _data, _classes, _trainCount, _testCount, _epochs, _batch, _rate, _seed, _out, _resume, _every, _fast, _overfit, _noRecord, _json };
        _facts.AddTo(command);
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        ReproductionRequest? request = ReproductionRequest.Current;
        string name = parsed.GetRequiredValue(_dataset);
        string? place = DatasetPlaces.FolderOf(name, RepeatedData.Folder(request) ?? parsed.GetValue(_data));
        int classes = parsed.GetValue(_classes) ?? IdxFolder.DefaultClasses;
        ImageDataset data = Part(DatasetPlaces.Load(name, place, classes), parsed);
        ImageClassifierRecipe recipe = ImageClassifierRecipe.For(data);
        ImageTrainingOptions options = recipe.Options with
        {
            Epochs = parsed.GetValue(_epochs) ?? recipe.Options.Epochs,
            BatchSize = parsed.GetValue(_batch) ?? recipe.Options.BatchSize,
            LearningRate = parsed.GetValue(_rate) ?? recipe.Options.LearningRate,
            Seed = parsed.GetValue(_seed),
        };
        string folder = RepeatedData.Out(request) ?? parsed.GetValue(_out) ?? Path.Combine(".ashlar", "models", name), checkpoints = Path.Combine(folder, "checkpoints");
        bool isTrial = parsed.GetValue(_fast) || parsed.GetValue(_overfit) is not null;
        options = isTrial ? Trial(options, parsed) : Checkpointed(options, parsed, checkpoints, request);
        using TrainRecord? record = isTrial || parsed.GetValue(_noRecord) ? null : TrainRecord.Begin(_facts, parsed, Settings(parsed, data, classes, options), parsed.GetValue(_resume) ? checkpoints : null);
        try
        {
            record?.Describe(data, place is null ? [] : IdxFolder.FilesOf(place), recipe.Classifier.Model);
            return request?.Evaluate is { } model ? Measure(model, data, options, record) : Train(parsed, recipe.Classifier, data, options, folder, record);
        }
        catch (Exception e)
        {
            record?.End(null, RunState.Failed, e.Message);
            throw;
        }
    }

    int Train(ParseResult parsed, ImageClassifier classifier, ImageDataset data, ImageTrainingOptions options, string folder, TrainRecord? record)
    {
        var report = new TrainReport(Screen.ForPeople(parsed.GetValue(_json)), data, classifier, options);
        using var interrupt = new Interrupt();
        report.Begin();
        if (options.Checkpoints is { } checkpoints)
        {
            EarlierCheckpoint.Keep(checkpoints, options.Resume);
            record?.Mark(checkpoints);
        }

        FitResult result = Train(new ImageClassifierTraining(classifier, data, options), options.Epochs, record, interrupt.Token);
        int code = result.Reason == StopReason.Finished ? ExitCode.Success : ExitCode.Interrupted;
        if (options.Checkpoints is null)
        {
            report.EndOfTrial(result);
            return code;
        }

        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "model.safetensors");
        ImageClassifierFile.Save(path, classifier, new Dictionary<string, string>
        {
            ["dataset"] = data.Name,
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["steps"] = result.Steps.ToString(CultureInfo.InvariantCulture),
        });
        report.End(result, path, record?.Id);
        if (parsed.GetValue(_json))
        {
            Console.Out.WriteLine(report.Json(result, path, record?.Id));
        }

        record?.End(path, code == ExitCode.Success ? RunState.Finished : RunState.Interrupted);
        return code;
    }

    static int Measure(string model, ImageDataset data, ImageTrainingOptions options, TrainRecord? record)
    {
        record?.Log(new ImageClassifierTraining(ImageClassifierFile.Load(model), data, options).Measure());
        record?.End(null, RunState.Finished);
        return ExitCode.Success;
    }

    ConfigFile Settings(ParseResult parsed, ImageDataset data, int classes, ImageTrainingOptions options)
    {
        ConfigValue Value(JsonElement value, Option? option) => new(value, option is null || parsed.GetResult(option) is { Implicit: false } ? ConfigFile.CommandLine : ConfigFile.Default);
        return new ConfigFile(new OrderedDictionary<string, ConfigValue>
        {
            ["dataset"] = Value(JsonSerializer.SerializeToElement(data.Name), null),
            ["classes"] = Value(JsonSerializer.SerializeToElement(classes), _classes),
            ["trainCount"] = Value(JsonSerializer.SerializeToElement(data.Train.Count), _trainCount),
            ["testCount"] = Value(JsonSerializer.SerializeToElement(data.Test.Count), _testCount),
            ["epochs"] = Value(JsonSerializer.SerializeToElement(options.Epochs), _epochs),
            ["batch"] = Value(JsonSerializer.SerializeToElement(options.BatchSize), _batch),
            ["lr"] = Value(JsonSerializer.SerializeToElement(options.LearningRate), _rate),
            ["weightDecay"] = new ConfigValue(JsonSerializer.SerializeToElement(options.WeightDecay), ConfigFile.Default),
            ["seed"] = Value(JsonSerializer.SerializeToElement(options.Seed), _seed),
        });
    }

    ImageTrainingOptions Trial(ImageTrainingOptions options, ParseResult parsed) => parsed.GetValue(_resume) || (parsed.GetValue(_fast) && parsed.GetValue(_overfit) is not null)
        ? throw new UsageException("train: --fast-dev-run, --overfit-batches and --resume exclude each other. Give one of them.")
        : options with { FastRun = parsed.GetValue(_fast) ? TrialBatches : null, OverfitBatches = parsed.GetValue(_overfit) };

    ImageTrainingOptions Checkpointed(ImageTrainingOptions options, ParseResult parsed, string folder, ReproductionRequest? request)
    {
        string last = new ModelCheckpoint(folder).LastPath;
        string? resume = request is not null ? request.Resume
            : !parsed.GetValue(_resume) ? null
            : File.Exists(last) ? last
            : throw new UsageException($"train: --resume finds no checkpoint at {last}. Train without it first, or name the folder with --out.");
        return options with { Checkpoints = folder, CheckpointEverySteps = parsed.GetValue(_every), Resume = resume };
    }

    static FitResult Train(ImageClassifierTraining training, int epochs, TrainRecord? record, CancellationToken cancellation)
    {
        FitResult Run(ITrainingEvents progress) => training.Run(record is null ? progress : new BothEvents(progress, record.Events), record?.Callbacks(epochs), cancellation);
        return Screen.ErrorIsTerminal ? LiveProgress.Show(epochs, Run) : Run(new PlainProgress(Console.Error, epochs));
    }

    ImageDataset Part(ImageDataset data, ParseResult parsed) => new(
        data.Name, First(data.Train, parsed.GetValue(_trainCount), _trainCount.Name), First(data.Test, parsed.GetValue(_testCount), _testCount.Name), data.Maximum, data.ClassNames);

    static ImageSet First(ImageSet images, int? count, string option) => count is not int first
        ? images
        : first <= images.Count
            ? images.First(first)
            : throw new UsageException($"train: {option} is {first} and there are {images.Count} images. Ask for at most {images.Count}.");
}
