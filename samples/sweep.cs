#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../src/Ashlar.Lab/Ashlar.Lab.csproj

// The program of docs/sweeps.md: a training whose settings a sweep tries (ashlar sweep samples/sweep.yaml). Started by itself, it trains once with its defaults.
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

ImageDataset digits = Digits.Load();
var model = new Sequential(new Flatten(), new Linear(64, settings.Width), new ReLU(), new Dropout(settings.Dropout), new Linear(settings.Width, 10));
model.Initialize(RandomKey.FromSeed(7));
var trainer = new Trainer<ImageBatch>(model, new AdamW(model.Parameters, settings.LearningRate), batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
{
    Options = new TrainerOptions { MaxEpochs = settings.Epochs },
    Target = batch => batch.Y,
    Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
    Events = run.Events,
};
FitResult result = trainer.Fit(Loader(digits.Train, shuffle: true), validation: Loader(digits.Test, shuffle: false));
Console.WriteLine($"{settings}: {result.Steps} steps");
return result.Steps > 0 ? 0 : 1;

DataLoader<ImageBatch> Loader(ImageSet images, bool shuffle) =>
    new(new ImageBatchSource(images, digits.Maximum), new DataLoaderOptions { BatchSize = 32, Seed = 7, Shuffle = shuffle });

sealed record Settings
{
    public double LearningRate { get; init; } = 2e-3;

    public int Width { get; init; } = 32;

    public double Dropout { get; init; } = 0.1;

    public int Epochs { get; init; } = 2;
}
