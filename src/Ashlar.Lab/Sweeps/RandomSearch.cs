namespace Ashlar.Lab.Sweeps;

/// <summary>Independent uniform draws on each parameter's scale.</summary>
sealed class RandomSearch(SweepSpec spec) : SweepSearch(spec)
{
    public override int Total => Spec.Trials!.Value;

    private protected override IReadOnlyList<SweepTrial> Next(IReadOnlyDictionary<int, double> results) =>
        [.. Enumerable.Range(0, Total).Select(number => new SweepTrial(number, Values(Draw(number))))];
}
