namespace Ashlar.Lab.Events;

/// <summary>Which hyperparameters and metrics the runs of an experiment have (TensorBoard's plugin «hparams», message Experiment).</summary>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Parameters">Names and types of the hyperparameters. Not copied.</param>
/// <param name="Metrics">Tags of the metrics that are compared. Not copied.</param>
public sealed record HyperparametersExperimentEvent(double WallTime, IReadOnlyDictionary<string, HyperparameterKind> Parameters, IReadOnlyList<string> Metrics)
    : LoggedEvent("_hparams_/experiment", 0, WallTime)
{
    /// <summary>Whether all is equal, name by name.</summary>
    /// <param name="other">Another event.</param>
    public bool Equals(HyperparametersExperimentEvent? other) =>
        base.Equals(other) && Metrics.SequenceEqual(other.Metrics) && Parameters.Count == other.Parameters.Count
        && Parameters.All(pair => other.Parameters.TryGetValue(pair.Key, out HyperparameterKind kind) && kind == pair.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Parameters.Count, Metrics.Count);
}
