using Ashlar.Functions;

namespace Ashlar.Optim;

/// <summary>start · factor^step.</summary>
/// <param name="Start">The first rate.</param>
/// <param name="Factor">What each rate is of the last one, ≥ 0.</param>
public sealed record ExponentialSchedule(double Start, double Factor) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => Start * ElementaryFunctions.Pow(Factor, step);
}
