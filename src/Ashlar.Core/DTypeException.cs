namespace Ashlar;

/// <summary>An operation was given a dtype that it does not take. The message names both and the remedy.</summary>
/// <param name="message">Where, what happened with the values, what to do.</param>
public sealed class DTypeException(string message) : ArgumentException(message);
