namespace Ashlar.Lab.Sweeps;

/// <summary>A sweep cannot be begun or go on. The message says why and what to do.</summary>
/// <param name="message">The whole sentence.</param>
public sealed class SweepException(string message) : Exception(message);
