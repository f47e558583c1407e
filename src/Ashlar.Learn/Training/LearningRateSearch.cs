namespace Ashlar.Training;

/// <summary>What losses a rising learning rate gives (Smith 2017, "Cyclical learning rates for training neural networks", section 3.3).</summary>
/// <param name="Rates">The rates that were tried, rising.</param>
/// <param name="Losses">The loss at each, as an exponential mean that forgets 2 % a step, freed of its start at 0.</param>
public sealed record LearningRateSearch(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses)
{
    // The first are noise, as in Lightning.
    const int Skipped = 10;

    /// <summary>The rate at which the loss falls the most from one to the next but one, or null of too few. Take it as the largest rate of a schedule.</summary>
    public double? Suggestion
    {
        get
        {
            int? best = null;
            for (int i = Math.Max(1, Skipped); i + 1 < Losses.Count; i++)
            {
                best = best is not { } other || Losses[i + 1] - Losses[i - 1] < Losses[other + 1] - Losses[other - 1] ? i : best;
            }

            return best is { } place ? Rates[place] : null;
        }
    }
}
