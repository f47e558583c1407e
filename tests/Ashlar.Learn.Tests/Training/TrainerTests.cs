using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

public sealed class TrainerTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_takes_the_steps_of_a_loop_of_ones_own()
    {
        Sequential own = Points.Model();
        var optimizer = new AdamW(own.Parameters, 0.05);
        DataLoader<Points.Batch> loader = Points.Loader(1);
        while (loader.State.Epoch < 3)
        {
            foreach (Points.Batch batch in loader)
            {
                optimizer.Step(Points.Loss(own.Forward(batch.X), batch));
            }
        }

        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 3 });
        FitResult result = trainer.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(Hash(own), Hash(trainer.Model));
        Assert.Equal((StopReason.Finished, 3, 12L), (result.Reason, result.Epochs, result.Steps));
        Assert.False(trainer.Model.IsTraining);
    }

    [Fact]
    public void The_moments_of_a_step_come_in_order()
    {
        var record = new Record();
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxSteps = 4, ValidateEverySteps = 3, SanityBatches = 1 }, [record], record);
        trainer.Fit(Points.Loader(1, batch: 10), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(
            "start! event start at 0 of 4, epoch 1, step 1, event step 1 of 4, settled 1, step 2, event step 2 of 4, validation 2, event validation 2, epoch 1 ends, event epoch 1, settled 2, "
            + "epoch 2, step 3, event step 3 of 4, validation 3, event validation 3, settled 3, step 4, event step 4 of 4, validation 4, event validation 4, epoch 2 ends, event epoch 2, settled 4, end Finished, event end",
            string.Join(", ", record.Lines).Replace("start!,", "start!", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_are_those_of_the_model_in_evaluation()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 2 });
        trainer.Fit(Points.Loader(1), Points.Loader(2, batch: 7, shuffle: false), cancellation: Token);
        Points.Batch all = new Points(2).Take([.. Enumerable.Range(0, 20)]);
        Tensor logits = trainer.Model.Forward(all.X);
        Assert.Equal(["loss", "accuracy"], trainer.Values.Keys);
        Assert.Equal(Points.Loss(logits, all).Item<float>(), trainer.Values["loss"], 6);
        Assert.Equal(logits.ArgMax(1).EqualTo(all.Y.To(DType.Int64)).To(DType.Float32).Mean().Item<float>(), trainer.Values["accuracy"], 6);
        Assert.Equal(trainer.Values, trainer.Test(Points.Loader(2, batch: 7, shuffle: false), Token));
        Assert.Equal(logits.ToArray<float>(), Tensor.Concat([.. trainer.Predict(Points.Loader(2, batch: 7, shuffle: false), Token)]).ToArray<float>());
    }

    [Fact]
    public void Every_validation_begins_with_the_first_batch()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 1, SanityBatches = 2 });
        trainer.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(trainer.Validate(Points.Loader(2, shuffle: false), Token), trainer.Values);

        Trainer<Points.Batch> limited = Points.Trainer(new TrainerOptions { MaxEpochs = 2, ValidationBatches = 1 });
        limited.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(limited.Validate(Points.Loader(2, count: 5, shuffle: false), Token), limited.Values);
    }

    [Fact]
    public void A_module_in_evaluation_stays_so_while_others_train()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 2 }, [new Freezer()]);
        Tensor before = trainer.Model.StateTensors()["1.running_mean"];
        trainer.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(before.ToArray<float>(), trainer.Model.StateTensors()["1.running_mean"].ToArray<float>());
    }

    [Fact]
    public void The_mean_of_the_weights_is_measured_and_the_last_weights_go_on()
    {
        Sequential model = Points.Model();
        var average = WeightAverage.Exponential(model.Parameters, 0.5);
        var trainer = new Trainer<Points.Batch>(model, new AdamW(model.Parameters, 0.05), batch => model.Forward(batch.X), Points.Loss) { Options = new TrainerOptions { MaxEpochs = 2 }, Average = average };
        trainer.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Trainer<Points.Batch> plain = Points.Trainer(new TrainerOptions { MaxEpochs = 2 });
        plain.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(Hash(plain.Model), Hash(model));
        Assert.NotEqual(plain.Values["loss"], trainer.Values["loss"]);
        average.Swap();
        Points.Batch all = new Points(2).Take([.. Enumerable.Range(0, 20)]);
        Assert.Equal(Points.Loss(model.Forward(all.X), all).Item<float>(), trainer.Values["loss"], 6);
    }

    [Fact]
    public void Micro_batches_are_the_batch_but_for_rounding()
    {
        // The last step of an epoch of seven batches has one.
        static Trainer<Points.Batch> Fitted(int batch, int accumulate)
        {
            var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2));
            model.Initialize(RandomKey.FromSeed(1));
            var trainer = new Trainer<Points.Batch>(model, new SGD(model.Parameters, 0.1), b => model.Forward(b.X), Points.Loss) { Options = new TrainerOptions { MaxEpochs = 2, Accumulate = accumulate } };
            trainer.Fit(Points.Loader(1, batch, count: 28), cancellation: Token);
            return trainer;
        }

        Trainer<Points.Batch> whole = Fitted(8, 1);
        Trainer<Points.Batch> parts = Fitted(4, 2);
        Assert.Equal((8L, 8L), (whole.Step, parts.Step));
        float[] expected = whole.Model.Parameters[0].Master.ToArray<float>();
        float[] actual = parts.Model.Parameters[0].Master.ToArray<float>();
        for (int i = 0; i < expected.Length; i++)
        {
            // Sums of float32 of size 1 in another order, eight steps.
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }

    [Fact]
    public void A_fast_run_tries_everything_and_saves_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-").FullName;
        var record = new Record();
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 50, FastRun = 3 }, [new ModelCheckpoint(folder) { KeepBest = 1 }, new EarlyStopping(patience: 0), record]);
        FitResult result = trainer.Fit(Points.Loader(1), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal((StopReason.Finished, 1, 3L), (result.Reason, result.Epochs, result.Steps));
        Assert.Contains("validation 3", record.Lines);
        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public void A_few_batches_can_be_learned_by_heart()
    {
        DataLoader<Points.Batch> loader = Points.Loader(1);
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 60, OverfitBatches = 2 });
        FitResult result = trainer.Fit(loader, Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal(120, result.Steps);
        Assert.Equal(1, result.Values["accuracy"]);
        Assert.Equal(default, loader.State);
    }

    [Fact]
    public void Time_ends_a_run()
    {
        var time = new Clock();
        var record = new Record { Act = step => time.Advance(TimeSpan.FromSeconds(10)) };
        FitResult result = Points.Trainer(new TrainerOptions { MaxTime = TimeSpan.FromSeconds(65) }, [record], time: time).Fit(Points.Loader(1), cancellation: Token);
        Assert.Equal((StopReason.OutOfTime, 7L), (result.Reason, result.Steps));
        Assert.Equal(70, result.Seconds);
    }

    [Fact]
    public void Called_again_it_trains_on()
    {
        Trainer<Points.Batch> once = Points.Trainer(new TrainerOptions { MaxSteps = 9 });
        once.Fit(Points.Loader(1), cancellation: Token);
        Sequential model = Points.Model();
        var optimizer = new AdamW(model.Parameters, 0.05);
        DataLoader<Points.Batch> loader = Points.Loader(1);
        for (int steps = 3; steps <= 9; steps += 3)
        {
            new Trainer<Points.Batch>(model, optimizer, batch => model.Forward(batch.X), Points.Loss) { Options = new TrainerOptions { MaxSteps = steps } }.Fit(loader, cancellation: Token);
        }

        Assert.Equal(Hash(once.Model), Hash(model));
    }

    [Fact]
    public void A_rate_is_the_product_of_schedule_and_plateau()
    {
        var rates = new List<double>();
        Sequential model = Points.Model();
        var trainer = new Trainer<Points.Batch>(model, new SGD(model.Parameters, 7), batch => model.Forward(batch.X), Points.Loss)
        {
            Options = new TrainerOptions { MaxEpochs = 3 },
            Schedule = new LambdaSchedule(step => step + 1),
            Plateau = new PlateauSchedule(0.5, maximize: true) { Patience = 0, Factor = 0.1 },
            Callbacks = [new Record { Act = step => rates.Add(step.LearningRate) }],
        };
        trainer.Fit(Points.Loader(1, batch: 10), Points.Loader(2, shuffle: false), cancellation: Token);
        Assert.Equal([0.5, 1, 1.5, 2], rates[..4]);
        Assert.True(rates[4] is 2.5 or 0.25, $"{rates[4]}");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        DataLoader<Points.Batch> loader = Points.Loader(1);
        Assert.Equal(
            "TrainerOptions: neither MaxEpochs nor MaxSteps nor MaxTime, 0 micro-batches cannot be used. Set an end; counts are 1 or more; take FastRun or OverfitBatches, not both.",
            Assert.Throws<ArgumentException>(() => Points.Trainer(new TrainerOptions { Accumulate = 0 }).Fit(loader, cancellation: Token)).Message);
        Sequential model = Points.Model();
        var blind = new Trainer<Points.Batch>(model, new SGD(model.Parameters, 0.1), batch => model.Forward(batch.X), Points.Loss) { Options = new TrainerOptions { MaxSteps = 1 }, TrainingMetrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() } };
        Assert.StartsWith("Trainer.Fit: there are metrics and no Target", Assert.Throws<ArgumentException>(() => blind.Fit(loader, cancellation: Token)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Trainer.Save: no run has begun", Assert.Throws<InvalidOperationException>(() => blind.Save("x")).Message, StringComparison.Ordinal);
        Trainer<Points.Batch> stopping = Points.Trainer(new TrainerOptions { MaxEpochs = 1 }, [new EarlyStopping("acuracy")]);
        Assert.Equal(
            "EarlyStopping: the validation gives no 'acuracy'. It gives loss, accuracy: name one of these, or add the metric to the trainer's Metrics.",
            Assert.Throws<ArgumentException>(() => stopping.Fit(loader, Points.Loader(2), cancellation: Token)).Message);
    }

    [Fact]
    public void Training_metrics_are_those_of_the_epoch()
    {
        Sequential model = Points.Model();
        var record = new Record();
        var trainer = new Trainer<Points.Batch>(model, new SGD(model.Parameters, 0), batch => model.Forward(batch.X), Points.Loss)
        {
            Options = new TrainerOptions { MaxEpochs = 2 },
            Target = batch => batch.Y,
            TrainingMetrics = new Dictionary<string, Metric> { ["loss too"] = new LogLoss() },
            Events = record,
        };
        trainer.Fit(Points.Loader(1), cancellation: Token);
        Assert.All(record.Epochs, epoch => Assert.Equal(epoch.Loss, epoch.TrainingValues["loss too"], 6));
        Assert.NotEqual(record.Epochs[0].Loss, record.Epochs[1].Loss);
    }

    static string Hash(Module model) => WeightsHash.Of(model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value)));

    sealed class Freezer : Callback
    {
        public override void OnFitStart(Trainer trainer) => trainer.Model.Children[1].Eval();
    }

    sealed class Record : Callback, ITrainingEvents
    {
        public List<string> Lines { get; } = [];

        public List<EpochReport> Epochs { get; } = [];

        public Action<StepReport>? Act { get; init; }

        public override void OnFitStart(Trainer trainer) => Lines.Add("start!");

        public override void OnEpochStart(Trainer trainer) => Lines.Add($"epoch {trainer.Epoch}");

        public override void OnStep(Trainer trainer, StepReport step)
        {
            Lines.Add($"step {step.Step}");
            Act?.Invoke(step);
        }

        public override void OnValidation(Trainer trainer, ValidationReport validation) => Lines.Add($"validation {validation.Step}");

        public override void OnEpoch(Trainer trainer, EpochReport epoch) => Lines.Add($"epoch {epoch.Epoch} ends");

        public override void OnSettled(Trainer trainer) => Lines.Add($"settled {trainer.Step}");

        public override void OnFitEnd(Trainer trainer, FitResult result) => Lines.Add($"end {result.Reason}");

        public void OnFitStart(FitStart start) => Lines.Add($"event start at {start.Step} of {start.Steps}");

        public void OnStep(StepReport step) => Lines.Add($"event step {step.Step} of {step.Steps}");

        public void OnValidation(ValidationReport validation) => Lines.Add($"event validation {validation.Step}");

        public void OnEpoch(EpochReport epoch)
        {
            Lines.Add($"event epoch {epoch.Epoch}");
            Epochs.Add(epoch);
        }

        public void OnFitEnd(FitResult result) => Lines.Add("event end");
    }
}
