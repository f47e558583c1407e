using System.Globalization;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Saves checkpoints: <c>last.safetensors</c> again and again, the best by a number of the validation, and every one that is due if wanted.</summary>
/// <remarks>Files are named after their step: <c>best-00000042.safetensors</c>, <c>step-00000042.safetensors</c>. Each appears whole or not at all. Time decides when a file is written, never what is in the weights.</remarks>
/// <param name="folder">Where; made if it does not exist.</param>
public sealed class ModelCheckpoint(string folder) : Callback
{
    readonly List<(double Value, long Step)> _best = [];
    bool _validated;
    bool _epochEnded;
    bool _saving;
    long _savedStep = -1;
    long _begin;

    /// <summary>The file that is written again and again.</summary>
    public string LastPath => Path.Combine(folder, "last.safetensors");

    /// <summary>The best of all by <see cref="Metric"/>, or null before the first.</summary>
    public string? BestPath => _best.Count == 0 ? null : PathOf("best", _best[0].Step);

    /// <summary>Epochs from one checkpoint to the next; null for none at the end of epochs.</summary>
    public int? EveryEpochs { get; init; } = 1;

    /// <summary>Steps from one checkpoint to the next; null for none.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Time from one checkpoint to the next; null for none.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Whether every one that is due is also kept under its step.</summary>
    public bool KeepAll { get; init; }

    /// <summary>How many of the best are kept; 0 for none.</summary>
    public int KeepBest { get; init; }

    /// <summary>The number that decides which are best.</summary>
    public string Metric { get; init; } = "loss";

    /// <summary>Whether larger numbers are better.</summary>
    public bool Maximize { get; init; }

    /// <summary>Whether one is written when an exception ends the run: the state before the step that failed. None after a number that is not finite, unless <see cref="NaNSearch.Gradients"/> kept the step from changing anything.</summary>
    public bool SaveOnException { get; init; } = true;

    /// <summary>Whether one is written when the run is cancelled or out of time.</summary>
    public bool SaveOnCancellation { get; init; } = true;

    /// <inheritdoc/>
    public override void OnFitStart(Trainer trainer)
    {
        Directory.CreateDirectory(folder);
        (_begin, _savedStep) = (trainer.Time.GetTimestamp(), -1);
    }

    /// <inheritdoc/>
    public override void OnValidation(Trainer trainer, ValidationReport validation) => _validated = true;

    /// <inheritdoc/>
    public override void OnEpoch(Trainer trainer, EpochReport epoch) => _epochEnded = epoch.Epoch % (EveryEpochs ?? int.MaxValue) == 0;

    /// <inheritdoc/>
    public override void OnSettled(Trainer trainer)
    {
        bool due = _epochEnded || (EverySteps is { } steps && trainer.Step % steps == 0) || (Every is { } time && trainer.Time.GetElapsedTime(_begin) >= time);
        (bool validated, _validated, _epochEnded) = (_validated, false, false);
        if (trainer.IsFastRun)
        {
            return;
        }

        if (validated && KeepBest > 0)
        {
            SaveIfBest(trainer, trainer.ValueOf(Metric, nameof(ModelCheckpoint)));
        }

        if (due)
        {
            _begin = trainer.Time.GetTimestamp();
            SaveLast(trainer);
            if (KeepAll)
            {
                Save(trainer, PathOf("step", trainer.Step));
            }
        }
    }

    /// <inheritdoc/>
    public override void OnException(Trainer trainer, Exception exception)
    {
        // What failed may be the saving itself: then the file before is the last.
        if (SaveOnException && !_saving && trainer.IsSound && !trainer.IsFastRun)
        {
            SaveLast(trainer);
        }
    }

    /// <inheritdoc/>
    public override void OnFitEnd(Trainer trainer, FitResult result)
    {
        if (SaveOnCancellation && result.Reason is StopReason.Cancelled or StopReason.OutOfTime && _savedStep != trainer.Step && !trainer.IsFastRun)
        {
            SaveLast(trainer);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["best_values"] = Tensor.From([.. Enumerable.Range(0, KeepBest).Select(i => i < _best.Count ? _best[i].Value : double.NaN)], KeepBest),
        ["best_steps"] = Tensor.From([.. Enumerable.Range(0, KeepBest).Select(i => i < _best.Count ? _best[i].Step : -1)], KeepBest),
    };

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("ModelCheckpoint.Load", StateTensors(), state);
        _best.Clear();
        _best.AddRange(state["best_values"].ToArray<double>().Zip(state["best_steps"].ToArray<long>()).Where(pair => pair.Second >= 0));
    }

    void SaveIfBest(Trainer trainer, double value)
    {
        // Of equal ones the first stays ahead.
        int place = _best.TakeWhile(other => Maximize ? other.Value >= value : other.Value <= value).Count();
        if (double.IsNaN(value) || place == KeepBest)
        {
            return;
        }

        // The list is part of the state, so it changes before the file is written.
        _best.Insert(place, (value, trainer.Step));
        (double Value, long Step)? dropped = _best.Count > KeepBest ? _best[KeepBest] : null;
        _best.RemoveRange(Math.Min(KeepBest, _best.Count), Math.Max(0, _best.Count - KeepBest));
        Save(trainer, PathOf("best", trainer.Step));
        if (dropped is { } worst)
        {
            File.Delete(PathOf("best", worst.Step));
        }
    }

    void SaveLast(Trainer trainer)
    {
        Save(trainer, LastPath);
        _savedStep = trainer.Step;
    }

    void Save(Trainer trainer, string path)
    {
        _saving = true;
        trainer.Save(path);
        _saving = false;
    }

    string PathOf(string kind, long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{step:D8}.safetensors"));
}
