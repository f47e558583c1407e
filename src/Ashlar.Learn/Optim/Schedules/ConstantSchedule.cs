namespace Ashlar.Optim;

/// <summary>The same rate for ever.</summary>
/// <param name="Rate">The rate.</param>
public sealed record ConstantSchedule(double Rate) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => Rate;
}
