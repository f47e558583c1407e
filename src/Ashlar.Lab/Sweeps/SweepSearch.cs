using System.Text.Json;

namespace Ashlar.Lab.Sweeps;

/// <summary>Chooses the trials of a sweep. Which they are depends on the specification and on results of whole groups of trials in their order, never on which trial ended first: any number of workers gives the same sweep.</summary>
public abstract class SweepSearch
{
    readonly List<SweepTrial> _trials = [];

    private protected SweepSearch(SweepSpec spec) => Spec = spec;

    /// <summary>What is searched.</summary>
    public SweepSpec Spec { get; }

    /// <summary>How many trials there are in all.</summary>
    public abstract int Total { get; }

    /// <summary>Trials as far as they are determined so far.</summary>
    public IReadOnlyList<SweepTrial> Trials => _trials;

    /// <summary>The search of a specification.</summary>
    /// <param name="spec">What is searched.</param>
    public static SweepSearch Of(SweepSpec spec) => spec.Method switch
    {
        SweepMethod.Grid => new GridSearch(spec),
        SweepMethod.Random => new RandomSearch(spec),
        SweepMethod.Tpe => new TpeSearch(spec),
        _ => new HalvingSearch(spec),
    };

    /// <summary>Determines all trials that the results allow; they are in <see cref="Trials"/> then.</summary>
    /// <param name="results">The metric of each trial that is over, by its number.</param>
    public void Extend(IReadOnlyDictionary<int, double> results)
    {
        while (_trials.Count < Total && Next(results) is { Count: > 0 } next)
        {
            _trials.AddRange(next);
        }
    }

    /// <summary>Trials from the best to the worst: by value, NaN last, equal ones by number.</summary>
    /// <param name="trials">Numbers of trials that have results.</param>
    /// <param name="results">The metric by number.</param>
    public IReadOnlyList<int> Rank(IEnumerable<int> trials, IReadOnlyDictionary<int, double> results) =>
        [.. trials.OrderBy(trial => double.IsNaN(results[trial])).ThenBy(trial => Spec.Maximize ? -results[trial] : results[trial]).ThenBy(trial => trial)];

    /// <summary>The next group of trials; empty when a result is missing that it depends on.</summary>
    private protected abstract IReadOnlyList<SweepTrial> Next(IReadOnlyDictionary<int, double> results);

    /// <summary>The values at places, one for each parameter.</summary>
    private protected IReadOnlyList<KeyValuePair<string, JsonElement>> Values(IReadOnlyList<double> places) =>
        [.. Spec.Parameters.Select((parameter, i) => KeyValuePair.Create(parameter.Name, parameter.At(places[i])))];

    /// <summary>Uniform places of a trial, a stream of chance for each trial and parameter.</summary>
    private protected double[] Draw(int number) => [.. Spec.Parameters.Select(parameter => Uniform.Of(new RandomWords(Key(number, parameter))))];

    /// <summary>The key of a trial's parameter. It folds in the name, so that another parameter beside it changes nothing.</summary>
    private protected RandomKey Key(int number, SweepParameter parameter) => RandomKey.FromSeed(Spec.Seed).Fold("sweep").Fold(number).Fold(parameter.Name);
}
