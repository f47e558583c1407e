using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Ends a training when a number of the validation gets no better.</summary>
/// <param name="metric">The number's name; <c>loss</c> is always there.</param>
/// <param name="patience">Validations in a row that may be no better.</param>
/// <param name="maximize">Whether larger numbers are better.</param>
/// <param name="threshold">By how much a better number passes the best, ≥ 0.</param>
public sealed class EarlyStopping(string metric = "loss", int patience = 3, bool maximize = false, double threshold = 0) : Callback
{
    double _best = double.NaN;
    long _waited;

    /// <summary>The best number so far, or null before the first.</summary>
    public double? Best => double.IsNaN(_best) ? null : _best;

    /// <inheritdoc/>
    public override void OnFitStart(Trainer trainer) => StopIfWaited(trainer);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The validation has no such number.</exception>
    public override void OnValidation(Trainer trainer, ValidationReport validation)
    {
        double value = trainer.ValueOf(metric, nameof(EarlyStopping));
        bool better = double.IsNaN(_best) ? !double.IsNaN(value) : maximize ? value > _best + threshold : value < _best - threshold;
        (_best, _waited) = better ? (value, 0) : (_best, _waited + 1);
        StopIfWaited(trainer);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["best"] = Tensor.From([_best], []), ["waited"] = Tensor.From([_waited], []) };

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("EarlyStopping.Load", StateTensors(), state);
        (_best, _waited) = (state["best"].Item<double>(), state["waited"].Item<long>());
    }

    void StopIfWaited(Trainer trainer)
    {
        if (_waited > patience && !trainer.IsFastRun)
        {
            trainer.Stop();
        }
    }
}
