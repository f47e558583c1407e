using System.Text.Json;

namespace Ashlar.Lab.Sweeps;

/// <summary>Successive halving (Jamieson and Talwalkar 2016): of each rung one in <see cref="SweepBudget.Factor"/> goes on with so many times the budget.</summary>
/// <remarks>A rung begins when the one before is over: the asynchronous form (Li et al. 2020) promotes by who ended first, and so differs from run to run.</remarks>
sealed class HalvingSearch(SweepSpec spec) : SweepSearch(spec)
{
    readonly List<int[]> _rungs = [];

    public override int Total => Sizes().Sum();

    /// <summary>How many trials each rung has.</summary>
    public IReadOnlyList<int> Sizes()
    {
        var sizes = new List<int>();
        int size = Spec.Trials!.Value;
        foreach (long _ in Spec.Budget!.Rungs)
        {
            sizes.Add(size);
            size = Math.Max(1, size / Spec.Budget.Factor);
        }

        return sizes;
    }

    private protected override IReadOnlyList<SweepTrial> Next(IReadOnlyDictionary<int, double> results)
    {
        int rung = _rungs.Count;
        long budget = Spec.Budget!.Rungs[rung];
        int size = Sizes()[rung];
        SweepTrial[] trials;
        if (rung == 0)
        {
            trials = [.. Enumerable.Range(0, size).Select(number => new SweepTrial(number, With(Values(Draw(number)), budget)))];
        }
        else if (_rungs[^1].All(results.ContainsKey))
        {
            IEnumerable<int> best = Rank(_rungs[^1], results).Take(size).Order();
            trials = [.. best.Select((earlier, i) => new SweepTrial(Trials.Count + i, With(Trials[earlier].Values.SkipLast(1), budget), rung, earlier))];
        }
        else
        {
            return [];
        }

        _rungs.Add([.. trials.Select(trial => trial.Number)]);
        return trials;
    }

    IReadOnlyList<KeyValuePair<string, JsonElement>> With(IEnumerable<KeyValuePair<string, JsonElement>> values, long budget) =>
        [.. values, KeyValuePair.Create(Spec.Budget!.Setting, JsonElement.Parse(FormattableString.Invariant($"{budget}")))];
}
