namespace Ashlar.Optim;

/// <summary>A rate that falls by a factor at given steps.</summary>
public sealed class MultiStepSchedule : ISchedule
{
    readonly double _start;
    readonly long[] _milestones;
    readonly double _factor;

    /// <param name="start">Rate before the first milestone.</param>
    /// <param name="milestones">Steps from which the rate is multiplied by one factor more, in any order.</param>
    /// <param name="factor">What each rate is of the last one.</param>
    public MultiStepSchedule(double start, IEnumerable<long> milestones, double factor = 0.1) =>
        (_start, _milestones, _factor) = (start, [.. milestones], factor);

    /// <inheritdoc/>
    public double At(long step)
    {
        double rate = _start;
        foreach (long milestone in _milestones)
        {
            rate = step >= milestone ? rate * _factor : rate;
        }

        return rate;
    }
}
