namespace Ashlar.Lab.Events;

/// <summary>The hyperparameters of a run (TensorBoard's plugin «hparams», message SessionStartInfo).</summary>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Values">Name and value; a value is a double, a bool or a string. Not copied.</param>
/// <param name="Group">Runs of one group are shown as one, with their metrics averaged; empty: a group of its own.</param>
public sealed record HyperparametersEvent(double WallTime, IReadOnlyDictionary<string, object> Values, string Group = "") : LoggedEvent("_hparams_/session_start_info", 0, WallTime)
{
    /// <summary>Whether all is equal, value by value.</summary>
    /// <param name="other">Another event.</param>
    public bool Equals(HyperparametersEvent? other) =>
        base.Equals(other) && Group == other.Group && Values.Count == other.Values.Count
        && Values.All(pair => other.Values.TryGetValue(pair.Key, out object? value) && pair.Value.Equals(value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Group, Values.Count);
}
