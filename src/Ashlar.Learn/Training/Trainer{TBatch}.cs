using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>Drives a training: steps, validation, callbacks, checkpoints. A loop of one's own can use all of its parts without it.</summary>
/// <remarks>
/// A step is one plan, as in a loop of one's own. Equal model, data and settings give equal weights, whatever the threads and the executor, and whether the run was stopped and
/// resumed in between or not. <see cref="Fit"/> goes on where model, optimizer and loader stand, so calling it again trains further.
/// </remarks>
/// <typeparam name="TBatch">What a loader gives.</typeparam>
/// <param name="model">What is trained, drawn already.</param>
/// <param name="optimizer">Of the model's parameters.</param>
/// <param name="predict">The model's predictions [examples, …] for a batch: <c>batch => model.Forward(batch.X)</c>.</param>
/// <param name="loss">The loss [] of predictions, a mean over the examples: <c>(logits, batch) => Loss.CrossEntropy(logits, batch.Y)</c>.</param>
public sealed partial class Trainer<TBatch>(Module model, Optimizer optimizer, Func<TBatch, Tensor> predict, Func<Tensor, TBatch, Tensor> loss) : Trainer(model, optimizer)
{
    readonly Func<TBatch, Tensor> _predict = predict;
    readonly Func<Tensor, TBatch, Tensor> _loss = loss;
    BatchFeed<TBatch>? _feed;
    DataLoader<TBatch>? _loader;

    /// <summary>What metrics compare the predictions of a batch with: <c>batch => batch.Y</c>. Needed where there are metrics.</summary>
    public Func<TBatch, Tensor>? Target { get; init; }

    /// <inheritdoc/>
    public override int Epoch => (_feed?.Position.Epoch ?? 0) + 1;

    /// <summary>Trains until a limit of the options, a stop, or the token.</summary>
    /// <param name="train">Gives the training batches, from where it stands.</param>
    /// <param name="validation">Is measured when the options say so; null for none. Always from its first batch on; do not shuffle it.</param>
    /// <param name="resume">A checkpoint to go on from: model, optimizer, loader and all else are brought to its state, and the weights become those of a run that was never stopped. Null to go on from here.</param>
    /// <param name="cancellation">Looked at between steps and between batches of a validation: the model stays as the last whole step left it.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or a target, metric or number is missing.</exception>
    /// <exception cref="StateException">The checkpoint is of another training; every difference is named and nothing is changed.</exception>
    /// <exception cref="NumericsException">A loss or gradient is not finite: the message names step, operation, tensor and line.</exception>
    public FitResult Fit(DataLoader<TBatch> train, DataLoader<TBatch>? validation = null, string? resume = null, CancellationToken cancellation = default)
    {
        Options.Check();
        if (Target is null && Metrics.Count + TrainingMetrics.Count > 0)
        {
            throw new ArgumentException("Trainer.Fit: there are metrics and no Target to compare predictions with. Set Target = batch => batch.Y, or what your batches call it.");
        }

        (_loader, _feed) = (train, new BatchFeed<TBatch>(train, Options.FastRun ?? Options.OverfitBatches));
        if (resume is not null)
        {
            Checkpoint().Load(resume);
        }

        IEnumerable<TBatch>? measured = validation is null ? null : Options.OverfitBatches is null ? validation : _feed.Fixed;
        (IsStopping, IsSound) = (false, true);
        Optimizer.SkipsNonFinite = Options.FindNaN == NaNSearch.Gradients;
        return new FitRun(this, _feed, measured, resume, cancellation).Run();
    }

    /// <summary>Measures validation data: the mean <c>loss</c> and the metrics. The model's modes are as before afterwards.</summary>
    /// <param name="data">From its first batch to its last.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IReadOnlyDictionary<string, double> Validate(DataLoader<TBatch> data, CancellationToken cancellation = default) => Measure(data, Options.FastRun, cancellation);

    /// <summary>Measures test data as <see cref="Validate"/> does, and tells it to <see cref="Trainer.Events"/>.</summary>
    /// <param name="data">From its first batch to its last.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IReadOnlyDictionary<string, double> Test(DataLoader<TBatch> data, CancellationToken cancellation = default)
    {
        long begin = Time.GetTimestamp();
        IReadOnlyDictionary<string, double> values = Validate(data, cancellation);
        Events?.OnTest(new ValidationReport(Epoch, Step, values, Time.GetElapsedTime(begin).TotalSeconds));
        return values;
    }

    /// <summary>The predictions for every batch, computed without gradients. The model's modes are as before afterwards.</summary>
    /// <param name="data">From its first batch to its last.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IReadOnlyList<Tensor> Predict(DataLoader<TBatch> data, CancellationToken cancellation = default)
    {
        var predictions = new List<Tensor>();
        using var evaluation = new EvaluationScope(Model, Average);
        using Ir.Node.NoGradientScope gradients = Transform.NoGradient();
        foreach (TBatch batch in FromStart(data).Take(Options.FastRun ?? int.MaxValue))
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor result = _predict(batch);
            Tensor.Eval(result);
            predictions.Add(result);
        }

        return predictions;
    }

    private protected override TrainingCheckpoint Checkpoint()
    {
        if (_feed is null || _loader is null)
        {
            throw new InvalidOperationException("Trainer.Save: no run has begun, so there is no position to save. Call Fit, or save the model alone.");
        }

        return base.Checkpoint().With("loader", new LoaderPosition(() => _feed.Position, position => _feed.Position = position))
            .WithFactsOf(_loader).WithFact("batches", (Options.FastRun ?? Options.OverfitBatches) is { } few ? $"the first {Text(few)}" : "all");
    }

    OrderedDictionary<string, double> Measure(IEnumerable<TBatch> batches, int? limit, CancellationToken cancellation)
    {
        if (Target is null && Metrics.Count > 0)
        {
            throw new ArgumentException("Trainer.Validate: there are metrics and no Target to compare predictions with. Set Target = batch => batch.Y, or what your batches call it.");
        }

        using var evaluation = new EvaluationScope(Model, Average);
        using Ir.Node.NoGradientScope gradients = Transform.NoGradient();
        foreach (Metrics.Metric metric in Metrics.Values)
        {
            metric.Reset();
        }

        var mean = new Metrics.Mean();

        // A validation that was limited or broken off left its loader on the way.
        foreach (TBatch batch in (batches is DataLoader<TBatch> loader ? FromStart(loader) : batches).Take(limit ?? int.MaxValue))
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor predictions = _predict(batch);
            Tensor value = _loss(predictions, batch);
            Tensor.Eval(predictions, value);
            mean.Update(Number(value), ExamplesOf(predictions));
            foreach (Metrics.Metric metric in Metrics.Values)
            {
                metric.Update(predictions, Target!(batch));
            }
        }

        var values = new OrderedDictionary<string, double> { ["loss"] = mean.Value };
        foreach ((string name, Metrics.Metric metric) in Metrics)
        {
            values[name] = metric.Value;
        }

        return values;
    }

    static DataLoader<TBatch> FromStart(DataLoader<TBatch> data)
    {
        data.State = default;
        return data;
    }

    static int ExamplesOf(Tensor predictions) => predictions.Rank == 0 ? 1 : predictions.Shape[0];

    static double Number(Tensor value) => value.DType switch
    {
        DType.Float64 => value.Item<double>(),
        DType.Float32 => value.Item<float>(),
        _ => value.To(DType.Float64).Item<double>(),
    };
}
