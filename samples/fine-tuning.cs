#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../src/Ashlar.Models/Ashlar.Models.csproj
#:project ../src/Ashlar.Lab/Ashlar.Lab.csproj

// The program of docs/bring-your-onnx-model.md: a network that PyTorch trained and wrote is trained further. Run it by itself, or as a recorded run: ashlar run samples/fine-tuning.cs epochs=6
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Lab;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Optim;
using Ashlar.Training;

Run run = Run.Current;
Settings settings = run.Configuration<Settings>();
run.LogData("digits", settings.Data);
run.LogData("network", settings.Network);
ImageDataset digits = Digits.Parse(File.ReadAllBytes(settings.Data), settings.Data);

// The weights of the file are parameters under its names; those of the first layers may stay as they are.
OnnxModule network = OnnxModule.Load(settings.Network);
foreach ((string name, Parameter parameter) in network.NamedParameters())
{
    parameter.IsFrozen = settings.Frozen.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}

var trainer = new Trainer<ImageBatch>(network, new AdamW(network.Parameters, settings.LearningRate), batch => network.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
{
    Options = new TrainerOptions { MaxEpochs = settings.Epochs },
    Target = batch => batch.Y,
    Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
    Events = run.Events,
    Callbacks = [run.Chain, new ModelCheckpoint(run.CheckpointFolder) { KeepAll = true }],
};
double before = trainer.Test(Loader(digits.Test, shuffle: false))["accuracy"];
FitResult result = trainer.Fit(Loader(digits.Train, shuffle: true), Loader(digits.Test, shuffle: false), run.ResumeFrom);

// Back into the format, with the trained weights in the place of the old ones.
string path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-").FullName, "digits.onnx");
network.Eval();
network.Save(path);
run.LogArtifact(path);
run.LogModel(network);

// What everybody reads from the file is what was trained: bit by bit.
Tensor images = Loader(digits.Test, shuffle: false).First().X;
if (!OnnxModel.Load(path).Run(images)[0].ToBytes().SequenceEqual(network.Forward(images).ToBytes()))
{
    throw new InvalidOperationException("fine-tuning: the file gives other outputs than the network.");
}

Console.WriteLine($"accuracy {before:0.0000} before, {result.Values["accuracy"]:0.0000} after; the file gives the same bits");
Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

DataLoader<ImageBatch> Loader(ImageSet images, bool shuffle) =>
    new(new ImageBatchSource(images, digits.Maximum), new DataLoaderOptions { BatchSize = 32, Seed = settings.Seed, Shuffle = shuffle });

/// <summary>What can be set from outside.</summary>
sealed record Settings
{
    public string Data { get; init; } = "samples/data/digits/digits.csv.gz";

    public string Network { get; init; } = "samples/data/digits-network/digits.onnx";

    public string[] Frozen { get; init; } = [];

    public int Epochs { get; init; } = 8;

    public double LearningRate { get; init; } = 2e-3;

    public long Seed { get; init; } = 1;
}
