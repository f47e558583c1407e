#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj

// The examples of docs/trainer.md: a training with everything, one that is stopped and resumed, a loop of one's own that saves and goes on, and a NaN that is found.
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

string folder = Directory.CreateTempSubdirectory("ashlar-trainer-").FullName;
ImageDataset digits = Digits.Load();
DataLoader<ImageBatch> train = Loader(digits.Train, shuffle: true), test = Loader(digits.Test, shuffle: false);

Sequential model = Model();
var optimizer = new AdamW(model.Parameters, learningRate: 2e-3) { ClipNorm = 1 };
var best = new ModelCheckpoint(folder) { KeepBest = 1, Metric = "accuracy", Maximize = true };
var trainer = new Trainer<ImageBatch>(model, optimizer, batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
{
    Options = new TrainerOptions { MaxEpochs = 8 },
    Schedule = new CosineSchedule(Peak: 2e-3, Steps: 8 * train.BatchCount, Warmup: 20),
    Average = WeightAverage.Exponential(model.Parameters, decay: 0.95),
    Target = batch => batch.Y,
    Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy(), ["F1"] = new F1(classes: 10), ["top 3"] = new TopKAccuracy(3) },
    Callbacks = [best, new EarlyStopping("accuracy", patience: 4, maximize: true)],
    Events = new Lines(),
};
FitResult result = trainer.Fit(train, validation: test);
Console.WriteLine($"{result.Reason} after {result.Steps} steps, best at {Path.GetFileName(best.BestPath)}");

// Stopped in the middle, by Ctrl-C or a power failure, and resumed in another process: the same weights.
string resumed = Stopped(at: 100);
string whole = Stopped(at: null);
Console.WriteLine($"the same bits: {resumed == whole}");

// Everything is usable without the trainer.
Sequential own = Model();
var rule = new AdamW(own.Parameters);
var losses = new Mean();
DataLoader<ImageBatch> loader = Loader(digits.Train, shuffle: true);
TrainingCheckpoint checkpoint = new TrainingCheckpoint(own, rule).With(loader).With("losses", losses);
foreach (ImageBatch batch in loader)
{
    Tensor loss = Loss.CrossEntropy(own.Forward(batch.X), batch.Y);
    rule.Step(loss);
    losses.Update(loss.Item<float>());
    if (rule.Steps == 10)
    {
        break;
    }
}

checkpoint.Save(Path.Combine(folder, "own.safetensors"));
checkpoint.Load(Path.Combine(folder, "own.safetensors"));
Console.WriteLine($"own loop: next is {loader.State}");

// What makes the first number that is none.
Sequential broken = Model();
var faulty = new Trainer<ImageBatch>(broken, new SGD(broken.Parameters, 0.1), batch => broken.Forward(batch.X), (logits, batch) => logits.Log().Mean())
{
    Options = new TrainerOptions { MaxSteps = 10 },
};
string found = "";
try
{
    faulty.Fit(Loader(digits.Train, shuffle: true));
}
catch (NumericsException e)
{
    found = e.Message;
    Console.WriteLine(e.Message);
}

// Which learning rate, and how large a batch.
LearningRateSearch rates = trainer.FindLearningRate(train, 1e-6, 1);
IReadOnlyList<BatchSizeTrial> sizes = trainer.FindBatchSize(new ImageBatchSource(digits.Train, digits.Maximum), largest: 256);
Console.WriteLine($"a rate near {rates.Suggestion:0.0e+0}; {sizes[^1].BatchSize} images take {sizes[^1].Bytes >> 20} MiB");

Console.WriteLine(ModelSummary.Of(model, new Shape(1, 1, 8, 8)));
Directory.Delete(folder, recursive: true);
return resumed == whole && found.Contains("Log", StringComparison.Ordinal) && result.Values["accuracy"] > 0.9 ? 0 : 1;

DataLoader<ImageBatch> Loader(ImageSet images, bool shuffle) => new(new ImageBatchSource(images, digits.Maximum), new DataLoaderOptions { BatchSize = 64, Shuffle = shuffle, Seed = 7 });

static Sequential Model()
{
    var model = new Sequential(new Flatten(), new Linear(64, 64), new ReLU(), new Dropout(0.1), new Linear(64, 10));
    model.Initialize(RandomKey.FromSeed(7));
    return model;
}

// Trains to the end; if it shall stop on the way, a second trainer goes on from the file.
string Stopped(int? at)
{
    (FitResult first, string hash) = Run(at, resume: null);
    return first.Reason == StopReason.Cancelled ? Run(null, resume: Path.Combine(folder, "last.safetensors")).Hash : hash;
}

(FitResult Result, string Hash) Run(int? stopAt, string? resume)
{
    using var stop = new CancellationTokenSource();
    Sequential model = Model();
    var trainer = new Trainer<ImageBatch>(model, new AdamW(model.Parameters), batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
    {
        Options = new TrainerOptions { MaxEpochs = 8 },
        Callbacks = [new ModelCheckpoint(folder), new StopAt(stopAt, stop)],
    };
    FitResult result = trainer.Fit(Loader(digits.Train, shuffle: true), resume: resume, cancellation: stop.Token);
    return (result, WeightsHash.Of(model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value))));
}

/// <summary>A line for every epoch.</summary>
sealed class Lines : ITrainingEvents
{
    public void OnEpoch(EpochReport epoch) =>
        Console.WriteLine($"epoch {epoch.Epoch}/{epoch.Epochs}  loss {epoch.Loss:0.000}  {string.Join("  ", epoch.Values.Select(value => $"{value.Key} {value.Value:0.000}"))}");
}

/// <summary>A callback of one's own: plays the user who presses Ctrl-C.</summary>
sealed class StopAt(int? step, CancellationTokenSource source) : Callback
{
    public override void OnStep(Trainer trainer, StepReport report)
    {
        if (report.Step == step)
        {
            source.Cancel();
        }
    }
}
