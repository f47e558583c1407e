using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

public sealed class TrainingCheckpointTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-").FullName;

    string FilePath => Path.Combine(_folder, "checkpoint.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_loop_of_ones_own_goes_on_with_the_same_bits()
    {
        var saved = new Loop(seed: 1);
        saved.Run(7);
        saved.Checkpoint.Save(FilePath);
        saved.Run(9);

        // Drawn from another seed, so that keys must come from the file, too.
        var resumed = new Loop(seed: 2);
        resumed.Run(3);
        resumed.Checkpoint.Load(FilePath);
        Assert.NotEqual(saved.Checkpoint.Hashes()["model"], resumed.Checkpoint.Hashes()["model"]);
        resumed.Run(9);

        Assert.Equal(saved.Checkpoint.Hashes(), resumed.Checkpoint.Hashes());
        Assert.Equal(saved.State(), resumed.State());
        Assert.Equal(saved.Loader.State, resumed.Loader.State);
        Assert.Equal((saved.Plateau.Rate, saved.Losses.Value), (resumed.Plateau.Rate, resumed.Losses.Value));
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes()
    {
        var loop = new Loop(seed: 1);
        loop.Run(2);
        loop.Checkpoint.Save(FilePath);
        byte[] first = File.ReadAllBytes(FilePath);
        loop.Checkpoint.Save(FilePath);
        Assert.Equal(first, File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Every_difference_is_named_and_nothing_is_changed()
    {
        new Loop(seed: 1).Checkpoint.Save(FilePath);
        var other = new Loop(seed: 2, outputs: 3, batchSize: 6);
        string before = other.State();
        StateException error = Assert.Throws<StateException>(() => other.Checkpoint.With("extra", new Mean()).WithFact("note", "x").Load(FilePath));
        Assert.Equal(
            $"TrainingCheckpoint.Load: {FilePath} is of another training. 13 differences: batch size '5', here '6'; "
            + "model '….1), new Linear(16, 2))', here '….1), new Linear(16, 3))'; no note, here 'x'; "
            + "average: '6.bias.mean' is float32[2], wanted float32[3]; average: '6.weight.mean' is float32[2, 16], wanted float32[3, 16]; "
            + "extra: missing 'sum'; extra: missing 'weights'; "
            + "model: '6.bias' is float32[2], wanted float32[3]; model: '6.weight' is float32[2, 16], wanted float32[3, 16]; "
            + "optimizer: '6.bias.first_moment' is float32[2], wanted float32[3]; optimizer: '6.bias.second_moment' is float32[2], wanted float32[3]; "
            + "optimizer: '6.weight.first_moment' is float32[2, 16], wanted float32[3, 16]; optimizer: '6.weight.second_moment' is float32[2, 16], wanted float32[3, 16]. "
            + "Nothing was changed. Build everything as it was when the checkpoint was saved.",
            error.Message);
        Assert.Equal(before, other.State());
    }

    [Fact]
    public void Another_optimizer_and_another_numerics_version_are_refused()
    {
        var loop = new Loop(seed: 1);
        loop.Checkpoint.Save(FilePath);
        SafetensorsTensor[] tensors;
        Dictionary<string, string> facts;
        using (SafetensorsFile file = SafetensorsFile.Open(FilePath))
        {
            (tensors, facts) = (file.ReadAll(), new Dictionary<string, string>(file.Metadata));
        }

        SafetensorsWriter.Save(FilePath, tensors, new Dictionary<string, string>(facts) { ["numerics"] = "0", ["optimizer"] = "Adam", ["more"] = "x" });
        string message = Assert.Throws<StateException>(() => loop.Checkpoint.Load(FilePath)).Message;
        Assert.Contains("3 differences: numerics '0', here '1'; optimizer 'Adam', here 'AdamW'; more 'x', here none.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_and_changes_nothing()
    {
        var loop = new Loop(seed: 1);
        loop.Checkpoint.Save(FilePath);
        byte[] bytes = File.ReadAllBytes(FilePath);
        string before = loop.State();
        for (int i = 0; i < 3000; i++)
        {
            int length = (int)((long)bytes.Length * i / 3000);
            File.WriteAllBytes(FilePath, bytes[..length]);
            Assert.Throws<ParseException>(() => loop.Checkpoint.Load(FilePath));
        }

        Assert.Equal(before, loop.State());
    }

    [Fact]
    public void Names_must_be_apart()
    {
        TrainingCheckpoint checkpoint = new Loop(seed: 1).Checkpoint;
        Assert.StartsWith("TrainingCheckpoint.With: the name 'model' is not apart from 'model'. Choose another.", Assert.Throws<ArgumentException>(() => checkpoint.With("model", new Mean())).Message, StringComparison.Ordinal);
        Assert.StartsWith("TrainingCheckpoint.With: the name 'model.a' is not apart from 'model'.", Assert.Throws<ArgumentException>(() => checkpoint.With("model.a", new Mean())).Message, StringComparison.Ordinal);
        Assert.StartsWith("TrainingCheckpoint.With: the name '' is empty.", Assert.Throws<ArgumentException>(() => checkpoint.With("", new Mean())).Message, StringComparison.Ordinal);
        Assert.StartsWith("TrainingCheckpoint.WithFact: there is a fact 'optimizer' already: 'AdamW'.", Assert.Throws<ArgumentException>(() => checkpoint.WithFact("optimizer", "x")).Message, StringComparison.Ordinal);
    }

    /// <summary>A loop as people write it.</summary>
    sealed class Loop
    {
        readonly Sequential _model;
        readonly AdamW _optimizer;
        readonly WeightAverage _average;

        public Loop(long seed, int outputs = 2, int batchSize = 5)
        {
            _model = new Sequential(new Conv2d(1, 4, 3, padding: 1), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.1), new Linear(16, outputs));
            _model.Initialize(RandomKey.FromSeed(seed));
            _optimizer = new AdamW(_model.Parameters, 0.01);
            _average = WeightAverage.Exponential(_model.Parameters, 0.9);
            ImageDataset data = TinyImages.Data;
            Loader = new DataLoader<ImageBatch>(new ImageBatchSource(data.Train, data.Maximum), new DataLoaderOptions { BatchSize = batchSize, Seed = 4 });
            Checkpoint = new TrainingCheckpoint(_model, _optimizer).With(Loader).With("average", _average).With("plateau", Plateau).With("losses", Losses);
        }

        public TrainingCheckpoint Checkpoint { get; }

        public DataLoader<ImageBatch> Loader { get; }

        public PlateauSchedule Plateau { get; } = new(0.01) { Patience = 1, Factor = 0.9 };

        public Mean Losses { get; } = new();

        public void Run(int steps)
        {
            while (true)
            {
                foreach (ImageBatch batch in Loader)
                {
                    _optimizer.LearningRate = Plateau.Rate;
                    Tensor loss = Loss.CrossEntropy(_model.Forward(batch.X), batch.Y);
                    _optimizer.Step(loss);
                    _average.Update();
                    Losses.Update(loss.Item<float>());
                    Plateau.Observe(loss.Item<float>());
                    if (--steps == 0)
                    {
                        return;
                    }
                }
            }
        }

        public string State() => WeightsHash.Of(
        [
            .. _model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value)),
            .. _optimizer.StateTensors().Select(pair => SafetensorsTensor.From("o." + pair.Key, pair.Value)),
            .. _average.StateTensors().Select(pair => SafetensorsTensor.From("a." + pair.Key, pair.Value)),
        ]);
    }
}
