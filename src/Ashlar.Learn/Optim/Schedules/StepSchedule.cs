namespace Ashlar.Optim;

/// <summary>A learning rate that falls by a factor every so many steps: start · factor^⌊step / period⌋, by that many products.</summary>
/// <param name="Start">Rate of the first period.</param>
/// <param name="Period">Steps of a period, ≥ 1.</param>
/// <param name="Factor">What each period's rate is of the last one's.</param>
public sealed record StepSchedule(double Start, long Period, double Factor = 0.1) : ISchedule
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The period has no steps.</exception>
    public double At(long step)
    {
        if (Period < 1)
        {
            throw new InvalidOperationException($"StepSchedule: a period of {Period} steps never ends. Give 1 or more.");
        }

        double rate = Start;
        for (long i = step / Period; i > 0; i--)
        {
            rate *= Factor;
        }

        return rate;
    }
}
