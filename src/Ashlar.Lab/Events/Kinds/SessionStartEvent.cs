namespace Ashlar.Lab.Events;

/// <summary>The run begins, or goes on, at a step: every earlier event of the same folder with that step or a later one was written by a process that was cut off, and is hidden (<see cref="EventFolder"/>; TensorBoard does the same).</summary>
/// <param name="Step">The first step that is written again.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
public sealed record SessionStartEvent(long Step, double WallTime) : LoggedEvent("", Step, WallTime)
{
    /// <summary>The step of a session that hides nothing: none is as late.</summary>
    public const long HidesNothing = long.MaxValue;
}
