namespace Ashlar.Optim;

/// <summary>A rate by a function of one's own.</summary>
/// <param name="Rate">Takes the steps taken before, gives the rate. For powers and the like use <see cref="Functions.ElementaryFunctions"/>, which has the same bits everywhere.</param>
public sealed record LambdaSchedule(Func<long, double> Rate) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => Rate(step);
}
