namespace Ashlar.Optim;

/// <summary>One schedule after another, each counting from its own first step.</summary>
public sealed class SequentialSchedule : ISchedule
{
    readonly (ISchedule Schedule, long Steps)[] _parts;

    /// <param name="parts">Schedules with their numbers of steps; the last goes on for ever.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public SequentialSchedule(params ReadOnlySpan<(ISchedule Schedule, long Steps)> parts) =>
        _parts = parts.Length > 0 ? parts.ToArray() : throw new ArgumentException("SequentialSchedule: no schedules are given. Give one or more with their steps.", nameof(parts));

    /// <inheritdoc/>
    public double At(long step)
    {
        int i = 0;
        for (; i < _parts.Length - 1 && step >= _parts[i].Steps; i++)
        {
            step -= _parts[i].Steps;
        }

        return _parts[i].Schedule.At(step);
    }
}
