using System.Globalization;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>What a trainer is made of, as its callbacks see it. Make a <see cref="Trainer{TBatch}"/>.</summary>
public abstract class Trainer
{
    private protected Trainer(Module model, Optimizer optimizer)
    {
        (Model, Optimizer) = (model, optimizer);
        Undo = new StepUndo(model, optimizer);
    }

    /// <summary>What is trained.</summary>
    public Module Model { get; }

    /// <summary>How. Clipping, loss scale and groups are set there.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How long, and when to measure.</summary>
    public TrainerOptions Options { get; init; } = new();

    /// <summary>Gives the learning rate of every step; null leaves the optimizer's as it is.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>A rate that falls when <see cref="PlateauMetric"/> gets no better, looked at after every validation; with a <see cref="Schedule"/> the rate is the product of both.</summary>
    public PlateauSchedule? Plateau { get; init; }

    /// <summary>What <see cref="Plateau"/> looks at.</summary>
    public string PlateauMetric { get; init; } = "loss";

    /// <summary>A mean of the weights, taken in after every step. Validation, test and prediction use it in place of the last weights.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>The half type in which modules compute; applied to the model when it is set.</summary>
    public MixedPrecision? Precision
    {
        get;
        init
        {
            field = value;
            value?.ApplyTo(Model);
        }
    }

    /// <summary>What is measured on validation and test data, by name; the mean <c>loss</c> always is.</summary>
    public IReadOnlyDictionary<string, Metric> Metrics { get; init; } = new OrderedDictionary<string, Metric>();

    /// <summary>What is measured on the training data of an epoch, each batch before its step, by name. Other objects than those of <see cref="Metrics"/>.</summary>
    public IReadOnlyDictionary<string, Metric> TrainingMetrics { get; init; } = new OrderedDictionary<string, Metric>();

    /// <summary>What acts at fixed moments. Checkpoints come last of all, whatever their place.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Is told how it goes; null for nobody.</summary>
    public ITrainingEvents? Events { get; init; }

    /// <summary>Further texts that a checkpoint must have in common with this training, such as settings of the data.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>Clock for limits and reports; it decides no bit.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Steps taken.</summary>
    public long Step => Optimizer.Steps;

    /// <summary>Number of the epoch under way, from 1.</summary>
    public abstract int Epoch { get; }

    /// <summary>What the last validation gave, <c>loss</c> first; empty before the first.</summary>
    public IReadOnlyDictionary<string, double> Values => Progress.Values;

    /// <summary>Whether the program is only tried (<see cref="TrainerOptions.FastRun"/>).</summary>
    public bool IsFastRun => Options.FastRun is not null;

    /// <summary>Ends the run behind the present step.</summary>
    public void Stop() => IsStopping = true;

    /// <summary>Writes a checkpoint of everything.</summary>
    /// <param name="path">Where it shall appear. Its folder must exist.</param>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        TrainingCheckpoint checkpoint = Checkpoint();
        Events?.OnSaving(Step);
        checkpoint.Save(path);
        Events?.OnCheckpoint(path, Step);
    }

    /// <summary>The hashes of everything that a checkpoint would hold now (<see cref="TrainingCheckpoint.Hashes"/>): <c>model</c>, <c>optimizer</c>, <c>loader</c>, <c>trainer</c> and the rest.</summary>
    /// <exception cref="InvalidOperationException">No run has begun, or gradients wait for a step.</exception>
    public IReadOnlyDictionary<string, string> StateHashes() => Checkpoint().Hashes();

    /// <summary>A number of the last validation.</summary>
    /// <exception cref="ArgumentException">There is none of the name.</exception>
    internal double ValueOf(string metric, string where) => Values.TryGetValue(metric, out double value)
        ? value
        : throw new ArgumentException($"{where}: the validation gives no '{metric}'. It gives {(Values.Count == 0 ? "nothing" : string.Join(", ", Values.Keys))}: name one of these, or add the metric to the trainer's Metrics.");

    /// <summary>Whether the step under way was taken back whole, so that what there is can be saved.</summary>
    internal bool IsSound { get; private protected set; } = true;

    internal bool IsStopping { get; private protected set; }

    private protected FitProgress Progress { get; } = new();

    private protected StepUndo Undo { get; }

    private protected IEnumerable<Callback> InOrder => Callbacks.OrderBy(callback => callback is ModelCheckpoint);

    /// <summary>Everything of this training that decides its next bit.</summary>
    private protected virtual TrainingCheckpoint Checkpoint()
    {
        TrainingCheckpoint checkpoint = new TrainingCheckpoint(Model, Optimizer).With("trainer", Progress);
        Add(checkpoint, "average", Average);
        Add(checkpoint, "plateau", Plateau);
        foreach ((string name, Metric metric) in TrainingMetrics)
        {
            checkpoint.With($"metric.{name}", metric);
        }

        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Callback callback in Callbacks)
        {
            int number = names[callback.Name] = names.GetValueOrDefault(callback.Name) + 1;
            checkpoint.With($"callback.{callback.Name}{(number == 1 ? "" : Text(number))}", callback);
        }

        checkpoint.WithFact("micro-batches", Text(Options.Accumulate)).WithFact("precision", Precision?.Compute.Name ?? "full")
            .WithFact("schedule", Schedule?.ToString() ?? "none").WithFact("clipping", FormattableString.Invariant($"value {Optimizer.ClipValue}, norm {Optimizer.ClipNorm}"));
        foreach ((string name, string value) in Facts)
        {
            checkpoint.WithFact(name, value);
        }

        return checkpoint;
    }

    static void Add(TrainingCheckpoint checkpoint, string name, IStateful? part)
    {
        if (part is not null)
        {
            checkpoint.With(name, part);
        }
    }

    private protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
