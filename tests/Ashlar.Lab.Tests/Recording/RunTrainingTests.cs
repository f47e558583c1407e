using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

namespace Ashlar.Lab.Tests.Recording;

[Collection(nameof(Run))]
public sealed class RunTrainingTests : IDisposable
{
    readonly TemporaryFolder _temporary = new();

    LabFolder Lab => new(_temporary.At("lab"));

    RunOptions Options => new() { Lab = Lab, Code = "", KeepConsole = false, SystemEvery = null, ChainEvery = 4 };

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_training_is_recorded_with_its_chain()
    {
        RunRecord record = Train(Options, steps: 12);

        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), record.Series("train/loss").Select(point => point.Step));
        Assert.Equal([6L, 12L], record.Series("loss").Select(point => point.Step));
        Assert.Equal([1.0, 2.0], record.Series("epoch").Select(point => point.Value));
        Assert.Equal(12, record.Metrics["train/learning_rate"].Count);
        Assert.Equal([4L, 5L, 8L, 10L, 12L], record.Chain.Select(link => link.Step));
        Assert.All(record.Chain, link => Assert.True(link.IsSound()));
        Assert.Equal(record.Chain.Select(link => link.Hash).SkipLast(1).Prepend(""), record.Chain.Select(link => link.Previous));
        Assert.Equal(record.Chain.Last().Weights, record.Weights);
        Assert.Equal(["checkpoints/last.safetensors 10"], record.Artifacts.Select(artifact => $"{artifact.Name} {artifact.Step}"));
    }

    [Fact]
    public void Steps_that_are_taken_again_count_once_in_every_view()
    {
        RunRecord whole = Train(Options, steps: 12);
        RunRecord stopped = Train(Options, steps: 7);
        string checkpoint = Path.Combine(stopped.Files.CheckpointsPath, "last.safetensors");

        RunRecord resumed = Train(Options with { Resume = stopped.Id }, steps: 12, checkpoint);

        Assert.Equal(stopped.Id, resumed.Id);
        Assert.Equal(Values(whole, "train/loss"), Values(resumed, "train/loss"));
        Assert.Equal(Values(whole, "loss"), Values(resumed, "loss"));
        Assert.Equal(whole.Metrics["train/loss"], resumed.Metrics["train/loss"]);
        Assert.Equal(whole.Chain, resumed.Chain);
        Assert.Equal(whole.Weights, resumed.Weights);
    }

    [Fact]
    public void A_loop_of_ones_own_writes_its_chain()
    {
        var model = new Linear(2, 1);
        model.Initialize(RandomKey.FromSeed(1));
        var optimizer = new SGD(model.Parameters, 0.1);
        var checkpoint = new TrainingCheckpoint(model, optimizer);
        using (Run run = Run.Start("own", Options))
        {
            for (int step = 1; step <= 3; step++)
            {
                optimizer.Step(model.Forward(Tensor.Ones(new Shape(1, 2))).Mean());
                run.LogChain(step, checkpoint);
            }
        }

        ChainLink[] chain = [.. Lab.Find("@last").Chain];
        Assert.Equal(["", chain[0].Hash, chain[1].Hash], chain.Select(link => link.Previous));
        Assert.Equal(checkpoint.Hashes()["model"], chain[2].Weights);
        Assert.NotEqual(chain[0].Weights, chain[1].Weights);
    }

    static IEnumerable<(long, double)> Values(RunRecord run, string metric) => run.Series(metric).Select(point => (point.Step, point.Value));

    static RunRecord Train(RunOptions options, long steps, string? resume = null)
    {
        using Run run = Run.Start("training", options);
        var model = new Sequential(new Linear(2, 4), new Dropout(0.2), new Linear(4, 1));
        model.Initialize(RandomKey.FromSeed(3));
        var trainer = new Trainer<Tensor>(model, new AdamW(model.Parameters), batch => model.Forward(batch), (y, batch) => (y - batch.Sum([1], keepAxes: true)).Square().Mean())
        {
            Options = new TrainerOptions { MaxSteps = steps },
            Schedule = new CosineSchedule(0.01, 12),
            Events = run.Events,
            Callbacks = [run.Chain, new ModelCheckpoint(run.CheckpointFolder) { EveryEpochs = null, EverySteps = 5 }],
        };
        trainer.Fit(Loader(shuffle: true), Loader(shuffle: false), resume);
        run.Finish();
        return new RunRecord(run.Folder);
    }

    static DataLoader<Tensor> Loader(bool shuffle) => new(new Rows(), new DataLoaderOptions { BatchSize = 4, Shuffle = shuffle, Seed = 5 });

    sealed class Rows : IBatchSource<Tensor>
    {
        public int Count => 24;

        public Tensor Take(ReadOnlySpan<int> indices)
        {
            var values = new float[indices.Length * 2];
            for (int i = 0; i < indices.Length; i++)
            {
                (values[2 * i], values[(2 * i) + 1]) = (indices[i] / 10f, indices[i] % 3);
            }

            return Tensor.From(values, indices.Length, 2);
        }
    }
}
