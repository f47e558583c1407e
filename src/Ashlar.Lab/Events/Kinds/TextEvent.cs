namespace Ashlar.Lab.Events;

/// <summary>A text at a step; TensorBoard shows it as Markdown.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Text">The text; several of one foreign record come joined by line ends.</param>
public sealed record TextEvent(string Tag, long Step, double WallTime, string Text) : LoggedEvent(Tag, Step, WallTime);
