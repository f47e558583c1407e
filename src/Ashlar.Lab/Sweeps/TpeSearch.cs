namespace Ashlar.Lab.Sweeps;

/// <summary>The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl 2011): of places drawn where good trials lie, the one where the density of good trials is greatest in proportion to that of the others.</summary>
/// <remarks>
/// The first <see cref="SweepSpec.Startup"/> trials are random. Then <see cref="SweepSpec.Batch"/> trials at a time are chosen from the results of all before the batch, each parameter by itself.
/// Good are the best 15 in 100 (the paper's γ), one at least; 24 places are drawn for each choice.
/// </remarks>
sealed class TpeSearch(SweepSpec spec) : SweepSearch(spec)
{
    const double Good = 0.15;
    const int Candidates = 24;

    readonly List<double[]> _places = [];

    public override int Total => Spec.Trials!.Value;

    private protected override IReadOnlyList<SweepTrial> Next(IReadOnlyDictionary<int, double> results)
    {
        int begun = Trials.Count;
        if (Enumerable.Range(0, begun).Any(number => !results.ContainsKey(number)))
        {
            return [];
        }

        int count = Math.Min(begun == 0 ? Spec.Startup : Spec.Batch, Total - begun);
        for (int i = 0; i < count; i++)
        {
            _places.Add([]);
        }

        if (begun == 0)
        {
            for (int number = 0; number < count; number++)
            {
                _places[number] = [.. Draw(number).Select((place, i) => Spec.Parameters[i].Centre(place))];
            }
        }
        else
        {
            Choose(begun, count, Rank(Enumerable.Range(0, begun), results));
        }

        return [.. Enumerable.Range(begun, count).Select(number => new SweepTrial(number, Values(_places[number])))];
    }

    // What the batch has chosen already counts among the others, as if it had come out badly; else its trials would all be nearly the same.
    void Choose(int begun, int count, IReadOnlyList<int> ranked)
    {
        int good = Math.Max(1, (int)Math.Ceiling(Good * begun));
        for (int number = begun; number < begun + count; number++)
        {
            _places[number] = new double[Spec.Parameters.Count];
            for (int i = 0; i < Spec.Parameters.Count; i++)
            {
                SweepParameter parameter = Spec.Parameters[i];
                var better = new ParzenEstimator(parameter, [.. ranked.Take(good).Select(earlier => _places[earlier][i])]);
                var others = new ParzenEstimator(parameter, [.. ranked.Skip(good).Concat(Enumerable.Range(begun, number - begun)).Select(earlier => _places[earlier][i])]);
                var words = new RandomWords(Key(number, parameter));
                _places[number][i] = Best(better, others, ref words);
            }
        }
    }

    static double Best(ParzenEstimator better, ParzenEstimator others, ref RandomWords words)
    {
        double best = 0;
        double greatest = double.NegativeInfinity;
        for (int i = 0; i < Candidates; i++)
        {
            double place = better.Draw(ref words);
            double ratio = better.LogDensity(place) - others.LogDensity(place);
            if (ratio > greatest)
            {
                (best, greatest) = (place, ratio);
            }
        }

        return best;
    }
}
