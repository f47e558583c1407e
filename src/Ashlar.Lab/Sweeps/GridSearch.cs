namespace Ashlar.Lab.Sweeps;

/// <summary>Every combination; the last parameter changes fastest.</summary>
sealed class GridSearch(SweepSpec spec) : SweepSearch(spec)
{
    public override int Total { get; } = (int)Math.Min(spec.Trials ?? int.MaxValue, spec.Parameters.Aggregate(1L, (product, parameter) => Math.Min(int.MaxValue, product * parameter.Count!.Value)));

    private protected override IReadOnlyList<SweepTrial> Next(IReadOnlyDictionary<int, double> results) => [.. Enumerable.Range(0, Total).Select(Trial)];

    SweepTrial Trial(int number)
    {
        var levels = new int[Spec.Parameters.Count];
        int rest = number;
        for (int i = levels.Length - 1; i >= 0; i--)
        {
            (rest, levels[i]) = Math.DivRem(rest, Spec.Parameters[i].Count!.Value);
        }

        return new SweepTrial(number, [.. Spec.Parameters.Select((parameter, i) => KeyValuePair.Create(parameter.Name, parameter.Level(levels[i])))]);
    }
}
