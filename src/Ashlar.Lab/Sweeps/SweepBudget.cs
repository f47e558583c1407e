namespace Ashlar.Lab.Sweeps;

/// <summary>The setting that says how much a trial may cost, and the rungs of successive halving on it.</summary>
/// <param name="Setting">Its name, such as <c>epochs</c>.</param>
/// <param name="Minimum">What the first trials get, ≥ 1.</param>
/// <param name="Maximum">What the last ones get at most.</param>
/// <param name="Factor">One of so many goes on, with so many times the budget; ≥ 2.</param>
public sealed record SweepBudget(string Setting, long Minimum, long Maximum, int Factor = 3)
{
    /// <summary>The budgets of the rungs, rising.</summary>
    public IReadOnlyList<long> Rungs
    {
        get
        {
            var rungs = new List<long>();
            for (long budget = Minimum; budget <= Maximum; budget = checked(budget * Factor))
            {
                rungs.Add(budget);
            }

            return rungs;
        }
    }
}
