namespace Ashlar.Nn;

/// <summary>A saved state does not fit the model or optimizer that shall take it. The message lists every difference at once.</summary>
/// <param name="message">Where, what happened with the values, what to do.</param>
public sealed class StateException(string message) : ArgumentException(message);
