namespace Ashlar.Lab;

/// <summary>Something about runs or their files is not as it must be. The message says what, where, and what to do.</summary>
/// <param name="message">The whole sentence.</param>
/// <param name="inner">What happened below, if anything.</param>
public sealed class LabException(string message, Exception? inner = null) : Exception(message, inner);
