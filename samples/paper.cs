#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../src/Ashlar.Lab/Ashlar.Lab.csproj

// The program of docs/reproducible-paper.md: does a wider layer read digits better? Run it by itself, or as a recorded run: ashlar run samples/paper.cs width=64
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Lab;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

Run run = Run.Current;
Settings settings = run.Configuration<Settings>();
run.LogData("digits", settings.Data);
ImageDataset digits = Digits.Parse(File.ReadAllBytes(settings.Data), settings.Data);

var model = new Sequential(new Flatten(), new Linear(64, settings.Width), new ReLU(), new Linear(settings.Width, 10));
model.Initialize(RandomKey.FromSeed(settings.Seed));
var trainer = new Trainer<ImageBatch>(model, new AdamW(model.Parameters, settings.LearningRate), batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
{
    Options = new TrainerOptions { MaxEpochs = settings.Epochs },
    Target = batch => batch.Y,
    Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
    Events = run.Events,
    Callbacks = [run.Chain, new ModelCheckpoint(run.CheckpointFolder) { KeepAll = true }],
};
FitResult result = trainer.Fit(Loader(digits.Train, shuffle: true), Loader(digits.Test, shuffle: false), run.ResumeFrom);
run.LogModel(model);
Console.WriteLine($"width {settings.Width}, seed {settings.Seed}: accuracy {result.Values["accuracy"]:0.0000}");

DataLoader<ImageBatch> Loader(ImageSet images, bool shuffle) =>
    new(new ImageBatchSource(images, digits.Maximum), new DataLoaderOptions { BatchSize = 32, Seed = settings.Seed, Shuffle = shuffle });

/// <summary>What a reader may want to change.</summary>
sealed record Settings
{
    public string Data { get; init; } = "samples/data/digits/digits.csv.gz";

    public int Width { get; init; } = 32;

    public int Epochs { get; init; } = 6;

    public double LearningRate { get; init; } = 2e-3;

    public long Seed { get; init; }
}
