using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

/// <summary>A small training with everything that has a state, and how to stop and resume it.</summary>
sealed class ResumeProblem
{
    const int Examples = 22;
    readonly Trainer<Couple> _trainer;
    readonly DataLoader<Couple> _train;
    readonly DataLoader<Couple> _validation;
    readonly Stopper _stopper = new();

    /// <param name="kind">cnn or transformer.</param>
    /// <param name="folder">For checkpoints.</param>
    /// <param name="seed">Of the first weights and keys; a resumed run must not depend on it.</param>
    /// <param name="every">Steps from one checkpoint that is kept to the next; null for those of stops alone.</param>
    public ResumeProblem(string kind, string folder, long seed, int? every = null)
    {
        bool isCnn = kind == "cnn";
        Module model = isCnn ? Cnn() : new TinyTransformer();
        model.Initialize(RandomKey.FromSeed(seed));
        _train = new DataLoader<Couple>(isCnn ? Pictures(1) : Words(1), new DataLoaderOptions { BatchSize = 4, Seed = 11 });
        _validation = new DataLoader<Couple>(isCnn ? Pictures(2) : Words(2), new DataLoaderOptions { BatchSize = 8, Shuffle = false });
        Optimizer optimizer = isCnn
            ? new AdamW(model.Parameters, 0.01) { ClipNorm = 0.8 }
            : new AdamW(model.Parameters, 0.01, amsgrad: true) { ClipValue = 0.5, LossScale = new LossScale(initial: 1 << 18, interval: 3) };
        _trainer = new Trainer<Couple>(model, optimizer, couple => model.Forward(couple.X), (logits, couple) => Loss.CrossEntropy(logits, couple.Y, smoothing: 0.05))
        {
            Options = new TrainerOptions { MaxEpochs = isCnn ? 3 : 5, Accumulate = isCnn ? 1 : 2, ValidateEverySteps = 4, FindNaN = isCnn ? NaNSearch.Gradients : NaNSearch.Loss },
            Schedule = new WarmupSchedule(new CosineSchedule(Peak: 0.01, Steps: 18), Steps: 3),
            Plateau = new PlateauSchedule(1) { Patience = 0, Factor = 0.5 },
            Average = WeightAverage.Exponential(model.Parameters, 0.9),
            Precision = isCnn ? null : new MixedPrecision(DType.Float16),
            Target = couple => couple.Y,
            Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy(), ["log loss"] = new LogLoss() },
            TrainingMetrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy(), ["F1"] = new F1() },
            Callbacks =
            [
                _stopper,
                new ModelCheckpoint(folder) { KeepBest = 2, EveryEpochs = null, EverySteps = every, KeepAll = every is not null },
                new EarlyStopping(patience: 40),
            ],
        };
    }

    public Module Model => _trainer.Model;

    /// <summary>Runs to the end, or to behind a step.</summary>
    /// <param name="stopAt">The step; null for the end.</param>
    /// <param name="resume">A checkpoint to go on from, or null.</param>
    public FitResult Run(long? stopAt = null, string? resume = null)
    {
        using var source = new CancellationTokenSource();
        _stopper.At = (stopAt, source);
        return _trainer.Fit(_train, _validation, resume, source.Token);
    }

    /// <summary>SHA-256 of everything, as a checkpoint holds it.</summary>
    public string Everything(string folder)
    {
        string path = Path.Combine(folder, "end.safetensors");
        _trainer.Save(path);
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
    }

    static Sequential Cnn() => new(new Conv2d(1, 4, 3, padding: 1), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.2), new Linear(16, 2));

    // Label 1 is brighter at the right.
    static Source Pictures(int seed)
    {
        int[] labels = Labels(seed);
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(Examples, 1, 4, 4));
        Tensor slope = Tensor.Arange(4).To(DType.Float32) * 0.5;
        return new Source(x + (slope * Tensor.From(labels, Examples).To(DType.Float32).Reshape(Examples, 1, 1, 1)), labels);
    }

    // Label 1 has larger words.
    static Source Words(int seed)
    {
        int[] labels = Labels(seed);
        Tensor words = Tensor.RandomInteger(RandomKey.FromSeed(seed), new Shape(Examples, 6), 0, 8);
        return new Source(words + (Tensor.From(labels, Examples).To(words.DType).Reshape(Examples, 1) * 4), labels);
    }

    static int[] Labels(int seed) => Tensor.RandomInteger(RandomKey.FromSeed(seed).Fold("labels"), new Shape(Examples), 0, 2).To(DType.Int32).ToArray<int>();

    internal readonly record struct Couple(Tensor X, Tensor Y);

    sealed class Source(Tensor x, int[] y) : IBatchSource<Couple>
    {
        readonly Tensor _x = Evaluated(x);

        public int Count => y.Length;

        public Couple Take(ReadOnlySpan<int> indices)
        {
            int[] rows = indices.ToArray();
            return new Couple(Evaluated(_x.Take(Tensor.From(rows, rows.Length), 0)), Tensor.From([.. rows.Select(row => y[row])], rows.Length));
        }

        static Tensor Evaluated(Tensor tensor)
        {
            Tensor.Eval(tensor);
            return tensor;
        }
    }

    sealed class TinyTransformer : Module
    {
        readonly Embedding _words;
        readonly TransformerEncoder _encoder;
        readonly Linear _head;

        public TinyTransformer()
        {
            _words = Register("words", new Embedding(12, 8));
            _encoder = Register("encoder", new TransformerEncoder(2, () => new TransformerEncoderLayer(8, 2, feedForward: 16, dropout: 0.1, batchFirst: true)));
            _head = Register("head", new Linear(8, 2));
        }

        protected override Tensor Apply(Tensor x) => _head.Forward(_encoder.Forward(_words.Forward(x), null, causal: true).Mean([1]));
    }

    sealed class Stopper : Callback
    {
        public (long? Step, CancellationTokenSource Source) At { get; set; }

        public override void OnStep(Trainer trainer, StepReport step)
        {
            if (step.Step == At.Step)
            {
                At.Source.Cancel();
            }
        }
    }
}
