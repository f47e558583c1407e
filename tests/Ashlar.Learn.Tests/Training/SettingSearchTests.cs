using Ashlar.Data.Loading;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

public sealed class SettingSearchTests
{
    [Fact]
    public void A_rising_rate_finds_where_the_loss_falls_and_leaves_no_trace()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxSteps = 3 });
        DataLoader<Points.Batch> loader = Points.Loader(1, batch: 20);
        trainer.Fit(loader, cancellation: TestContext.Current.CancellationToken);
        byte[] before = Bytes(trainer);
        LearningRateSearch search = trainer.FindLearningRate(loader, 1e-5, 10, steps: 80);
        Assert.Equal(before, Bytes(trainer));
        Assert.Equal((new LoaderState(3, 0), 0.05, 3L), (loader.State, trainer.Optimizer.LearningRate, trainer.Step));
        Assert.Equal(1e-5, search.Rates[0], 1e-12);
        Assert.Equal(search.Rates.Count, search.Losses.Count);
        Assert.InRange(search.Suggestion!.Value, 1e-3, 10);
        Assert.Equal(search.Losses, trainer.FindLearningRate(loader, 1e-5, 10, steps: 80).Losses);
    }

    [Fact]
    public void A_rise_ends_where_the_loss_is_lost()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxSteps = 3 }, loss: (logits, batch) => Points.Loss(logits, batch) * 1e30);
        LearningRateSearch search = trainer.FindLearningRate(Points.Loader(1), 1, 1e30, steps: 60);
        Assert.InRange(search.Rates.Count, 1, 59);
        Assert.All(search.Losses, loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void Too_few_losses_suggest_nothing() => Assert.Null(new LearningRateSearch([1, 2], [3, 2]).Suggestion);

    [Fact]
    public void The_steepest_fall_is_suggested() =>
        Assert.Equal(13, new LearningRateSearch([.. Enumerable.Range(0, 17).Select(i => (double)i)], [9, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 8, 4, 3.9, 3.8]).Suggestion);

    [Fact]
    public void Batches_double_until_the_memory_ends()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxSteps = 3 });
        byte[] before = Bytes(trainer);
        Assert.Equal([2, 4, 8, 16], trainer.FindBatchSize(new Points(1, 20)).Select(trial => trial.BatchSize));
        Assert.Equal([2, 4], trainer.FindBatchSize(new Points(1, 20), largest: 7).Select(trial => trial.BatchSize));
        Assert.Equal([2], trainer.FindBatchSize(new Points(1, 20), memory: 1).Select(trial => trial.BatchSize));
        Assert.Equal(before, Bytes(trainer));
    }

    [Fact]
    public void Rates_that_cannot_be_tried_are_named()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxSteps = 3 });
        Assert.StartsWith(
            "Trainer.FindLearningRate: rates from 1 to 0.5 in 100 steps cannot be tried. Give 0 < lowest < highest and two steps or more.",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(Points.Loader(1), 1, 0.5)).Message,
            StringComparison.Ordinal);
    }

    static byte[] Bytes(Trainer<Points.Batch> trainer) =>
    [
        .. trainer.Model.StateTensors().SelectMany(pair => pair.Value.ToBytes()),
        .. trainer.Optimizer.StateTensors().SelectMany(pair => pair.Value.ToBytes()),
        (byte)(trainer.Model.IsTraining ? 1 : 0),
    ];
}
