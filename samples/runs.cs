#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../src/Ashlar.Lab/Ashlar.Lab.csproj

// The examples of docs/runs.md: a training that is recorded, its files read back, and the same program with another setting.
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

var lab = new LabFolder(Directory.CreateTempSubdirectory("ashlar-runs-").FullName);

using (Run run = Run.Start("digits", new RunOptions { Lab = lab, Arguments = args is [] ? ["epochs=4", "model.width=32"] : args }))
{
    Settings settings = run.Configuration<Settings>();
    ImageDataset digits = Digits.Load();
    run.LogSplit("train", Enumerable.Range(0, digits.Train.Count));

    var model = new Sequential(new Flatten(), new Linear(64, settings.Model.Width), new ReLU(), new Linear(settings.Model.Width, 10));
    model.Initialize(RandomKey.FromSeed(settings.Seed));
    var trainer = new Trainer<ImageBatch>(model, new AdamW(model.Parameters, settings.LearningRate), batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
    {
        Options = new TrainerOptions { MaxEpochs = settings.Epochs },
        Target = batch => batch.Y,
        Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
        Events = run.Events,
        Callbacks = [run.Chain, new ModelCheckpoint(run.CheckpointFolder)],
    };
    trainer.Fit(Loader(digits.Train, settings), Loader(digits.Test, settings), run.ResumeFrom);
    run.LogModel(model, input: new Shape(1, 1, 8, 8));

    // Whatever else is worth keeping.
    ImageBatch test = Loader(digits.Test, settings).First();
    Tensor logits = model.Forward(test.X);
    var confusion = new ConfusionMatrix(10);
    confusion.Update(logits, test.Y);
    run.LogConfusionMatrix("test", confusion, trainer.Step, digits.ClassNames);
    run.LogImage("first", test.X[0, 0], trainer.Step);
    run.LogHistogram("logits", logits, trainer.Step);
    run.LogTable("samples", ["number", "label", "predicted"], Enumerable.Range(0, 5).Select(i => new object?[] { i, test.Y[i].Item<int>(), logits[i].ArgMax().Item<long>() }));
    run.LogText("note", "A first try.");
    run.Log("images", digits.Train.Count, trainer.Step);
}

RunRecord record = lab.Find("@best:accuracy");
Console.WriteLine($"{record.Id} {record.Name} {record.State}: accuracy {record.Metrics["accuracy"].Last:0.000} after {record.Chain.Last().Step} steps");
Console.WriteLine($"width {record.Settings["model.width"]} from the {record.Config.Values["model.width"].Source}, seed {record.Settings["seed"]} by {record.Config.Values["seed"].Source}");
Console.WriteLine($"{record.Code.Files.Count} source files, numerics {record.Host.Numerics}, weights {record.Weights![..8]}…");
Console.WriteLine(string.Join("\n", record.Artifacts.Select(artifact => $"{artifact.Name}  {artifact.MediaType}  {artifact.Size} bytes")));

// A key that the program does not know.
string message = "";
try
{
    ConfigReader.Read<Settings>(ConfigFile.FromArguments(["model.widht=64"]));
}
catch (ConfigurationException e)
{
    message = e.Message;
    Console.WriteLine(message);
}

bool whole = record.State == RunState.Finished && record.Series("train/loss").Count() == record.Chain.Last().Step && record.Faults.Count == 0;
Directory.Delete(lab.Path, recursive: true);
return whole && message.Contains("'model.width'", StringComparison.Ordinal) ? 0 : 1;

static DataLoader<ImageBatch> Loader(ImageSet images, Settings settings) => new(new ImageBatchSource(images, 16), new DataLoaderOptions { BatchSize = 64, Seed = settings.Seed });

/// <summary>What can be set from outside.</summary>
sealed record Settings
{
    public int Epochs { get; init; } = 8;

    public double LearningRate { get; init; } = 2e-3;

    public long Seed { get; init; } = 7;

    public ModelSettings Model { get; init; } = new();
}

/// <summary>The part of them that begins with <c>model.</c></summary>
sealed record ModelSettings
{
    public int Width { get; init; } = 64;
}
