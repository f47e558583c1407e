using Ashlar.Functions;

namespace Ashlar.Optim;

/// <summary>end + (start - end) · (1 - step / steps)^power, and end from then on.</summary>
/// <param name="Start">Rate of step 0.</param>
/// <param name="Steps">Steps of the fall, ≥ 0.</param>
/// <param name="Power">1 is a straight line; larger powers fall faster at first.</param>
/// <param name="End">The rate at the end.</param>
public sealed record PolynomialSchedule(double Start, long Steps, double Power = 1, double End = 0) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => step >= Steps ? End : End + ((Start - End) * ElementaryFunctions.Pow(1 - ((double)step / Steps), Power));
}
