using System.Diagnostics;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>Trains a classifier of images by cross-entropy. Equal model, data and options give equal weights, whatever the threads and the executor.</summary>
/// <param name="classifier">What to train; its weights are drawn anew.</param>
/// <param name="data">Images to learn from and to measure on.</param>
/// <param name="options">How.</param>
public sealed class ImageClassifierTraining(ImageClassifier classifier, ImageDataset data, ImageTrainingOptions options)
{
    /// <summary>Trains from the first step to the last.</summary>
    /// <param name="progress">Is told of every step and epoch, or null.</param>
    /// <param name="cancellation">Looked at between steps: the model stays as the last whole step left it.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or there are no images.</exception>
    public TrainingResult Run(ITrainingProgress? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        Module model = classifier.Model;
        var loader = new DataLoader<ImageBatch>(new ImageBatchSource(data.Train, data.Maximum), new DataLoaderOptions { BatchSize = options.BatchSize, Seed = options.Seed });
        model.Initialize(RandomKey.FromSeed(options.Seed).Fold("model"));
        var optimizer = new AdamW(model.Parameters, options.LearningRate, weightDecay: options.WeightDecay);
        var schedule = new CosineSchedule(options.LearningRate, (long)loader.BatchCount * options.Epochs, Warmup: loader.BatchCount / 10);
        var all = Stopwatch.StartNew();
        var stepping = new Stopwatch();
        (long images, EpochReport last) = (0, default);
        while (loader.State.Epoch < options.Epochs && !cancellation.IsCancellationRequested)
        {
            (int epoch, int seen, double sum) = (loader.State.Epoch + 1, 0, 0);
            model.Train();
            stepping.Start();
            foreach (ImageBatch batch in loader)
            {
                optimizer.LearningRate = schedule.At(optimizer.Steps);
                Tensor loss = Loss.CrossEntropy(model.Forward(batch.X), batch.Y);
                optimizer.Step(loss);
                double value = loss.Item<float>();
                int count = batch.Y.Size;
                (sum, seen, images) = (sum + (value * count), seen + count, images + count);
                progress?.OnStep(new StepReport(epoch, optimizer.Steps, schedule.Steps, value, images, stepping.Elapsed.TotalSeconds));
                if (cancellation.IsCancellationRequested)
                {
                    break;
                }
            }

            stepping.Stop();
            if (seen == data.Train.Count)
            {
                last = new EpochReport(epoch, options.Epochs, sum / seen, classifier.Accuracy(data.Test), all.Elapsed.TotalSeconds);
                progress?.OnEpoch(last);
            }
        }

        model.Eval();
        return new TrainingResult
        {
            IsInterrupted = optimizer.Steps < schedule.Steps,
            Epochs = last.Epoch,
            Steps = optimizer.Steps,
            TrainLoss = last.Epoch == 0 ? null : last.Loss,
            TestAccuracy = last.Epoch == 0 ? null : last.TestAccuracy,
            Seconds = all.Elapsed.TotalSeconds,
            ImagesPerSecond = images == 0 ? 0 : images / stepping.Elapsed.TotalSeconds,
        };
    }
}
