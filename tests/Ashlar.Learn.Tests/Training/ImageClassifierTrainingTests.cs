using Ashlar.Data.Datasets;
using Ashlar.Schedule;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

public sealed class ImageClassifierTrainingTests
{
    [Fact]
    public void A_training_learns_and_says_how_it_goes()
    {
        var recorder = new Recorder();
        FitResult result = Train(TinyImages.Classifier(), recorder, TestContext.Current.CancellationToken);
        Assert.Equal(StopReason.Finished, result.Reason);
        Assert.Equal(1, result.Values["accuracy"]);
        Assert.Equal((6, 30L), (result.Epochs, result.Steps));
        Assert.Equal(30, recorder.Steps.Count);
        Assert.Equal((1, 1L, (long?)30, 5L), (recorder.Steps[0].Epoch, recorder.Steps[0].Step, recorder.Steps[0].Steps, recorder.Steps[0].Examples));
        Assert.Equal(144, recorder.Steps[^1].Examples);
        Assert.Equal([1, 2, 3, 4, 5, 6], recorder.Epochs.Select(epoch => epoch.Epoch));
        Assert.True(recorder.Epochs[^1].Loss < recorder.Epochs[0].Loss);
        Assert.Equal(recorder.Epochs[^1].Loss, result.Loss);
    }

    [Fact]
    public void The_epoch_loss_is_the_mean_over_its_images()
    {
        var recorder = new Recorder();
        Train(TinyImages.Classifier(), recorder, TestContext.Current.CancellationToken);
        double sum = 0;
        for (int i = 0; i < 5; i++)
        {
            sum += recorder.Steps[i].Loss * (i < 4 ? 5 : 4);
        }

        Assert.Equal(sum / 24, recorder.Epochs[0].Loss, 12);
    }

    [Fact]
    public void The_weights_depend_on_the_seed_and_on_nothing_of_the_execution()
    {
        string usual = Weights(new ExecutionOptions(), 3);
        Assert.Equal(usual, Weights(new ExecutionOptions { Threads = 1, Executor = Executor.Interpreter }, 3));
        Assert.Equal(usual, Weights(new ExecutionOptions { Threads = 3, Fusion = false }, 3));
        Assert.Equal(usual, Weights(new ExecutionOptions { Executor = Executor.Reference }, 3));
        Assert.NotEqual(usual, Weights(new ExecutionOptions(), 4));
    }

    [Fact]
    public void Cancelling_stops_behind_a_whole_step()
    {
        using var source = new CancellationTokenSource();
        var recorder = new Recorder { Stop = (7, source) };
        FitResult result = Train(TinyImages.Classifier(), recorder, source.Token);
        Assert.Equal(StopReason.Cancelled, result.Reason);
        Assert.Equal((1, 7L), (result.Epochs, result.Steps));
        Assert.Equal(recorder.Epochs[0].Values["accuracy"], result.Values["accuracy"]);
    }

    [Fact]
    public void Cancelled_before_the_first_step_there_is_no_accuracy()
    {
        FitResult result = Train(TinyImages.Classifier(), null, new CancellationToken(canceled: true));
        Assert.Equal((StopReason.Cancelled, 0L, null), (result.Reason, result.Steps, result.Loss));
        Assert.Empty(result.Values);
    }

    [Fact]
    public void Every_setting_that_is_wrong_is_named()
    {
        ImageTrainingOptions options = new() { Epochs = 0, BatchSize = -1, LearningRate = double.NaN, WeightDecay = -1 };
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ImageClassifierTraining(TinyImages.Classifier(), TinyImages.Data, options).Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("ImageTrainingOptions: 0 epochs, a batch of -1, the learning rate NaN, the weight decay -1 cannot be used. Epochs and batch are 1 or more, the learning rate above 0, the weight decay 0 or more.", error.Message);
    }

    [Theory]
    [InlineData(8, 8, "Dropout(0.5)")]
    [InlineData(28, 28, "Linear(1600, 128)")]
    [InlineData(16, 30, "Linear(768, 128)")]
    public void A_recipe_fits_the_images(int height, int width, string layer)
    {
        var set = new ImageSet(new byte[height * width], [1], 1, height, width);
        ImageClassifierRecipe recipe = ImageClassifierRecipe.For(new ImageDataset("other", set, set, 255, ["a", "b"]));
        Assert.Contains(layer, recipe.Classifier.Model.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(recipe.Classifier.Probabilities(set)).Length);
        Assert.Equal(height == width, recipe.Classifier.Form.Preparation is not null);
    }

    static FitResult Train(ImageClassifier classifier, ITrainingEvents? progress, CancellationToken cancellation)
        => new ImageClassifierTraining(classifier, TinyImages.Data, TinyImages.Options).Run(progress, cancellation: cancellation);

    static string Weights(ExecutionOptions execution, long seed)
    {
        using IDisposable scope = Execution.Use(execution);
        ImageClassifier classifier = TinyImages.Classifier();
        new ImageClassifierTraining(classifier, TinyImages.Data, TinyImages.Options with { Epochs = 1, Seed = seed }).Run(cancellation: TestContext.Current.CancellationToken);
        return classifier.WeightsHash();
    }

    sealed class Recorder : ITrainingEvents
    {
        public List<StepReport> Steps { get; } = [];

        public List<EpochReport> Epochs { get; } = [];

        public (long Step, CancellationTokenSource Source)? Stop { get; init; }

        public void OnStep(StepReport step)
        {
            Steps.Add(step);
            if (step.Step == Stop?.Step)
            {
                Stop.Value.Source.Cancel();
            }
        }

        public void OnEpoch(EpochReport epoch) => Epochs.Add(epoch);
    }
}
