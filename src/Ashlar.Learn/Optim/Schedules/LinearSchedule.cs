namespace Ashlar.Optim;

/// <summary>A straight line from one rate to another, and that one from then on.</summary>
/// <param name="Start">Rate of step 0.</param>
/// <param name="End">Rate from step <paramref name="Steps"/> on.</param>
/// <param name="Steps">Steps of the line, ≥ 0.</param>
public sealed record LinearSchedule(double Start, double End, long Steps) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => step >= Steps ? End : Start + ((End - Start) * step / Steps);
}
