namespace Ashlar.Optim;

/// <summary>The product of several schedules: one rate and factors upon it.</summary>
public sealed class ProductSchedule : ISchedule
{
    readonly ISchedule[] _factors;

    /// <param name="factors">What is multiplied.</param>
    public ProductSchedule(params ReadOnlySpan<ISchedule> factors) => _factors = factors.ToArray();

    /// <inheritdoc/>
    public double At(long step)
    {
        double rate = 1;
        foreach (ISchedule factor in _factors)
        {
            rate *= factor.At(step);
        }

        return rate;
    }
}
