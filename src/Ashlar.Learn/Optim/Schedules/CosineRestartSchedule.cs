using Ashlar.Functions;

namespace Ashlar.Optim;

/// <summary>Half a cosine from peak to floor again and again: floor + (peak - floor) · (1 + cos(π · step / period)) / 2, steps counted from the last restart.</summary>
/// <remarks>Loshchilov, Hutter 2017, "SGDR: stochastic gradient descent with warm restarts", equation 5.</remarks>
/// <param name="Peak">Rate of each first step.</param>
/// <param name="Period">Steps to the first restart, ≥ 1.</param>
/// <param name="Growth">What each period is of the last one, ≥ 1.</param>
/// <param name="Floor">What the rate falls towards.</param>
public sealed record CosineRestartSchedule(double Peak, long Period, int Growth = 1, double Floor = 0) : ISchedule
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Periods are empty or shrink.</exception>
    public double At(long step)
    {
        if (Period < 1 || Growth < 1)
        {
            throw new InvalidOperationException($"CosineRestartSchedule: a period of {Period} steps that grows {Growth} times never ends. Give 1 or more for both.");
        }

        long period = Period;
        step = Growth == 1 ? step % period : step;
        while (step >= period)
        {
            step -= period;
            period *= Growth;
        }

        return Floor + ((Peak - Floor) * (1 + ElementaryFunctions.Cos(Math.PI * step / period)) / 2);
    }
}
