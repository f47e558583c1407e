namespace Ashlar.Optim;

/// <summary>A straight rise before another schedule: step t of the rise has the rate of its first step times (t + 1) / steps, and it begins when the rise is over.</summary>
/// <param name="Then">What follows.</param>
/// <param name="Steps">Steps of the rise, ≥ 0.</param>
public sealed record WarmupSchedule(ISchedule Then, long Steps) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => step < Steps ? Then.At(0) * (step + 1) / Steps : Then.At(step - Steps);
}
