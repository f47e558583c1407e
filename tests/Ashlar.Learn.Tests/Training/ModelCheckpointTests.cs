using Ashlar.Nn;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

public sealed class ModelCheckpointTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_best_are_kept_and_worse_ones_go()
    {
        // The loss of the validation after each epoch is the next number here.
        double[] losses = [5, 3, 4, 2, double.NaN, 2];
        var saved = new ModelCheckpoint(_folder) { KeepBest = 2, EveryEpochs = null };
        Fit(saved, losses);
        Assert.Equal(["best-00000004.safetensors", "best-00000006.safetensors"], Files());
        Assert.Equal(Path.Combine(_folder, "best-00000004.safetensors"), saved.BestPath);
    }

    [Fact]
    public void Larger_may_be_better()
    {
        var saved = new ModelCheckpoint(_folder) { KeepBest = 1, EveryEpochs = null, Maximize = true };
        Fit(saved, [5, 3, 6, 6]);
        Assert.Equal(["best-00000003.safetensors"], Files());
    }

    [Fact]
    public void They_are_written_when_due()
    {
        var time = new Clock();
        Points.Trainer(new TrainerOptions { MaxSteps = 10 }, [new Ticker(time), new ModelCheckpoint(_folder) { EveryEpochs = null, EverySteps = 4, Every = TimeSpan.FromMinutes(3), KeepAll = true }], time: time)
            .Fit(Points.Loader(1), cancellation: Token);
        Assert.Equal(["last.safetensors", "step-00000003.safetensors", "step-00000004.safetensors", "step-00000007.safetensors", "step-00000008.safetensors"], Files());
    }

    [Fact]
    public void An_exception_leaves_the_state_before_its_step_and_the_run_goes_on_from_there()
    {
        var checkpoint = new ModelCheckpoint(_folder);
        Trainer<Points.Batch> whole = Points.Trainer(new TrainerOptions { MaxEpochs = 3 });
        whole.Fit(Points.Loader(1), cancellation: Token);
        int calls = 0;
        Trainer<Points.Batch> failing = Points.Trainer(
            new TrainerOptions { MaxEpochs = 3 }, [checkpoint], loss: (logits, batch) => ++calls == 7 ? throw new InvalidDataException("no more") : Points.Loss(logits, batch));
        Assert.Equal("no more", Assert.Throws<InvalidDataException>(() => failing.Fit(Points.Loader(1), cancellation: Token)).Message);

        Trainer<Points.Batch> resumed = Points.Trainer(new TrainerOptions { MaxEpochs = 3 }, [checkpoint]);
        FitResult result = resumed.Fit(Points.Loader(1), resume: checkpoint.LastPath, cancellation: Token);
        Assert.Equal(12, result.Steps);
        Assert.Equal(Bytes(whole.Model), Bytes(resumed.Model));
    }

    [Fact]
    public void An_exception_in_a_validation_keeps_the_step_and_the_validation_is_made_up_for()
    {
        var checkpoint = new ModelCheckpoint(_folder) { KeepBest = 1 };
        Trainer<Points.Batch> whole = Points.Trainer(new TrainerOptions { MaxEpochs = 3 });
        whole.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Trainer<Points.Batch>? failing = null;
        failing = Points.Trainer(
            new TrainerOptions { MaxEpochs = 3 }, [checkpoint], loss: (logits, batch) => failing!.Step == 8 && !failing.Model.IsTraining ? throw new InvalidDataException("no more") : Points.Loss(logits, batch));
        Assert.Throws<InvalidDataException>(() => failing.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token));
        Assert.Equal(8, failing.Step);

        var record = new ModelCheckpoint(_folder) { KeepBest = 1 };
        Trainer<Points.Batch> resumed = Points.Trainer(new TrainerOptions { MaxEpochs = 3 }, [record]);
        FitResult result = resumed.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), checkpoint.LastPath, Token);
        Assert.Equal((12L, 3), (result.Steps, result.Epochs));
        Assert.Equal(whole.Values, result.Values);
        Assert.Equal(Bytes(whole.Model), Bytes(resumed.Model));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_ends_the_run_with_the_cause()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "last.safetensors"));
        Exception error = Assert.ThrowsAny<Exception>(() => Points.Trainer(new TrainerOptions { MaxEpochs = 1 }, [new ModelCheckpoint(_folder)]).Fit(Points.Loader(1), cancellation: Token));
        Assert.True(error is IOException or UnauthorizedAccessException, error.ToString());
        Assert.Contains("last.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        Points.Trainer(new TrainerOptions { MaxEpochs = 1 }, [new ModelCheckpoint(_folder)]).Fit(Points.Loader(1), cancellation: Token);
        Trainer<Points.Batch> other = Points.Trainer(new TrainerOptions { MaxEpochs = 2, Accumulate = 2 });
        string message = Assert.Throws<StateException>(() => other.Fit(Points.Loader(1, batch: 4), resume: Path.Combine(_folder, "last.safetensors"), cancellation: Token)).Message;
        Assert.Contains("batch size '5', here '4'", message, StringComparison.Ordinal);
        Assert.Contains("micro-batches '1', here '2'", message, StringComparison.Ordinal);
        Assert.Contains("unexpected 'callback.ModelCheckpoint.best_steps'", message, StringComparison.Ordinal);
        Assert.Equal(0, other.Step);
    }

    static void Fit(ModelCheckpoint saved, double[] losses)
    {
        int validation = 0;
        Trainer<Points.Batch>? trainer = null;
        trainer = Points.Trainer(
            new TrainerOptions { MaxEpochs = losses.Length, SanityBatches = 0 }, [saved],
            loss: (logits, batch) => trainer!.Model.IsTraining ? Points.Loss(logits, batch) : Tensor.Scalar(losses[validation++]));
        trainer.Fit(Points.Loader(1, batch: 20), Points.Loader(2, batch: 20, shuffle: false), cancellation: Token);
    }

    string[] Files() => [.. Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    static byte[] Bytes(Module model) => [.. model.StateTensors().SelectMany(pair => pair.Value.ToBytes())];

    sealed class Ticker(Clock time) : Callback
    {
        public override void OnStep(Trainer trainer, StepReport step) => time.Advance(TimeSpan.FromMinutes(1));
    }
}
