namespace Ashlar.Lab.Events;

/// <summary>One thing that was logged.</summary>
/// <param name="Tag">Its name, such as <c>loss/train</c>; empty for what concerns the whole run.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC; 0 lets <see cref="EventLog"/> put in the present time.</param>
public abstract record LoggedEvent(string Tag, long Step, double WallTime);
