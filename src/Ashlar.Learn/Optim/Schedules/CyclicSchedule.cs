using Ashlar.Functions;

namespace Ashlar.Optim;

/// <summary>A rate that goes up and down between two bounds in straight lines.</summary>
/// <remarks>Smith 2017, "Cyclical learning rates for training neural networks"; his "triangular2" has a cycle factor of ½, his "exp_range" a step factor below 1.</remarks>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound of the first cycle.</param>
/// <param name="Up">Steps of a rise, ≥ 1.</param>
/// <param name="Down">Steps of a fall, ≥ 1; as many as of a rise by default.</param>
/// <param name="CycleFactor">What each cycle's height is of the last one's.</param>
/// <param name="StepFactor">What the height is multiplied by at each step.</param>
public sealed record CyclicSchedule(double Low, double High, long Up, long? Down = null, double CycleFactor = 1, double StepFactor = 1) : ISchedule
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A rise or fall has no steps.</exception>
    public double At(long step)
    {
        long down = Down ?? Up;
        if (Up < 1 || down < 1)
        {
            throw new InvalidOperationException($"CyclicSchedule: a rise of {Up} and a fall of {down} steps make no cycle. Give 1 or more for both.");
        }

        long cycle = step / (Up + down);
        long inside = step % (Up + down);
        double share = inside <= Up ? (double)inside / Up : (double)(Up + down - inside) / down;
        double height = (High - Low) * share;
        height = CycleFactor == 1 ? height : height * ElementaryFunctions.Pow(CycleFactor, cycle);
        return Low + (StepFactor == 1 ? height : height * ElementaryFunctions.Pow(StepFactor, step));
    }
}
