using System.Globalization;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>Trains a classifier of images by cross-entropy. Equal model, data and options give equal weights, whatever the threads and the executor.</summary>
/// <param name="classifier">What to train; its weights are drawn anew.</param>
/// <param name="data">Images to learn from and to measure on.</param>
/// <param name="options">How.</param>
public sealed class ImageClassifierTraining(ImageClassifier classifier, ImageDataset data, ImageTrainingOptions options)
{
    const int MeasureBatch = 256;

    /// <summary>Trains from the first step to the last.</summary>
    /// <param name="events">Is told how it goes, or null.</param>
    /// <param name="callbacks">Act beside the checkpoints of the options; null for none. They must change neither weights nor rates.</param>
    /// <param name="cancellation">Looked at between steps: the model stays as the last whole step left it.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or there are no images.</exception>
    /// <exception cref="StateException">The checkpoint to resume from is of another training; every difference is named.</exception>
    public FitResult Run(ITrainingEvents? events = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellation = default)
    {
        options.Check();
        Module model = classifier.Model;
        var train = new DataLoader<ImageBatch>(new ImageBatchSource(data.Train, data.Maximum), new DataLoaderOptions { BatchSize = options.BatchSize, Seed = options.Seed });
        DataLoader<ImageBatch> test = Test();
        model.Initialize(RandomKey.FromSeed(options.Seed).Fold("model"));
        var optimizer = new AdamW(model.Parameters, options.LearningRate, weightDecay: options.WeightDecay);
        var trainer = new Trainer<ImageBatch>(model, optimizer, batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
        {
            Options = new TrainerOptions { MaxEpochs = options.Epochs, SanityBatches = 0, FastRun = options.FastRun, OverfitBatches = options.OverfitBatches },
            Schedule = new CosineSchedule(options.LearningRate, (long)Math.Min(train.BatchCount, options.OverfitBatches ?? int.MaxValue) * options.Epochs, Warmup: train.BatchCount / 10),
            Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
            Target = batch => batch.Y,
            Callbacks = [.. callbacks ?? [], .. options.Checkpoints is { } folder ? (Callback[])[new ModelCheckpoint(folder) { EverySteps = options.CheckpointEverySteps }] : []],
            Events = events,
            Facts = new Dictionary<string, string> { ["dataset"] = data.Name, ["weight decay"] = options.WeightDecay.ToString(CultureInfo.InvariantCulture) },
        };
        return trainer.Fit(train, test, options.Resume, cancellation);
    }

    /// <summary>Measures the classifier as it is, without training: the numbers that a validation gives.</summary>
    public IReadOnlyDictionary<string, double> Measure()
    {
        Module model = classifier.Model;
        var trainer = new Trainer<ImageBatch>(model, new AdamW(model.Parameters, options.LearningRate), batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
        {
            Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
            Target = batch => batch.Y,
        };
        return trainer.Validate(Test());
    }

    DataLoader<ImageBatch> Test() => new(new ImageBatchSource(data.Test, data.Maximum), new DataLoaderOptions { BatchSize = MeasureBatch, Shuffle = false });
}
