namespace Ashlar.Lab.Events;

/// <summary>A number at a step.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Value">The number; kept bit for bit (the payload of a NaN excepted).</param>
public sealed record ScalarEvent(string Tag, long Step, double WallTime, double Value) : LoggedEvent(Tag, Step, WallTime);
