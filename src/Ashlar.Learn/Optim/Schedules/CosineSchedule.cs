using Ashlar.Functions;

namespace Ashlar.Optim;

/// <summary>A learning rate that rises in a straight line and falls along half a cosine: floor + (peak - floor) · (1 + cos(π · progress)) / 2.</summary>
/// <remarks>Loshchilov, Hutter 2017, "SGDR: stochastic gradient descent with warm restarts", equation 5, without restarts.</remarks>
/// <param name="Peak">The largest rate.</param>
/// <param name="Steps">Steps of the whole schedule, ≥ 1; the rate is the floor from then on.</param>
/// <param name="Floor">The rate at the end.</param>
/// <param name="Warmup">Steps of the rise, ≥ 0: step t of them has the rate peak · (t + 1) / warmup.</param>
public sealed record CosineSchedule(double Peak, long Steps, double Floor = 0, long Warmup = 0) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step)
    {
        if (step < Warmup)
        {
            return Peak * (step + 1) / Warmup;
        }

        return step >= Steps
            ? Floor
            : Floor + ((Peak - Floor) * (1 + ElementaryFunctions.Cos(Math.PI * (step - Warmup) / (Steps - Warmup))) / 2);
    }
}
