namespace Ashlar.Lab.Events;

/// <summary>How a run ended (TensorBoard's plugin «hparams», message SessionEndInfo).</summary>
/// <param name="WallTime">Seconds since 1970-01-01 UTC; the time of the end.</param>
/// <param name="Status">How it ended.</param>
public sealed record HyperparametersEndEvent(double WallTime, HyperparametersStatus Status) : LoggedEvent("_hparams_/session_end_info", 0, WallTime);
