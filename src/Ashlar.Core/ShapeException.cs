namespace Ashlar;

/// <summary>Shapes that do not fit the operation. The message names the operation, the shapes and the remedy.</summary>
/// <param name="message">Where, what happened with the values, what to do.</param>
public sealed class ShapeException(string message) : ArgumentException(message);
