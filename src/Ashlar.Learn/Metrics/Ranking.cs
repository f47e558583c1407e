namespace Ashlar.Metrics;

/// <summary>What <see cref="RocAuc"/> and <see cref="AveragePrecision"/> share: they compare all scores with each other, so they keep them.</summary>
/// <remarks>Takes scores of yes and labels 0 or 1 in one shape; or, of several classes, scores [N, C] and labels [N]: then the value is the mean over the classes, each against all others. Scores may be logits of yes; of several classes take probabilities.</remarks>
public abstract class Ranking : Metric
{
    readonly int _classes;
    readonly List<double> _scores = [];
    readonly List<long> _labels = [];

    private protected Ranking(int classes) => _classes = classes >= 2 ? classes : throw new ArgumentOutOfRangeException(nameof(classes), $"{GetType().Name}: {classes} classes have no order. Give 2 or more.");

    // Scores of one example: with two classes that of yes alone.
    int Width => _classes == 2 ? 1 : _classes;

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            double sum = 0;
            for (int column = 0; column < Width; column++)
            {
                sum += Of(column, Width == 1 ? 1 : column);
            }

            return sum / Width;
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _scores.Clear();
        _labels.Clear();
    }

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        Ranking? from = other.GetType() == GetType() ? (Ranking)other : null;
        if (from?._classes != _classes)
        {
            throw new ArgumentException($"{GetType().Name}.Merge: the other is a {other.GetType().Name}{(from is null ? "" : $" of {from._classes} classes")}. Merge metrics of one kind and of the same classes.", nameof(other));
        }

        _scores.AddRange(from._scores);
        _labels.AddRange(from._labels);
    }

    /// <summary>Scores and labels of all examples: <c>scores</c> float64 [N · numbers of an example], <c>labels</c> int64 [N].</summary>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["scores"] = Tensor.From(_scores.ToArray(), _scores.Count),
        ["labels"] = Tensor.From(_labels.ToArray(), _labels.Count),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Differences(IReadOnlyDictionary<string, Tensor> state)
    {
        bool fits = state.Count == 2 && state.TryGetValue("scores", out Tensor? scores) && state.TryGetValue("labels", out Tensor? labels)
            && scores.DType == DType.Float64 && labels.DType == DType.Int64 && labels.Rank == 1 && scores.Rank == 1 && scores.Size == labels.Size * Width;
        return fits ? [] : [$"'scores' and 'labels' are not float64[N · {Width}] and int64[N]"];
    }

    /// <summary>The number of one order.</summary>
    /// <param name="groups">Positives and negatives with equal scores, from the largest score on.</param>
    /// <param name="positives">All positives, ≥ 1.</param>
    /// <param name="negatives">All negatives, ≥ 1.</param>
    private protected abstract double Of(IReadOnlyList<(long Positives, long Negatives)> groups, long positives, long negatives);

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        if (Width > 1 ? predictions.Rank != 2 || target.Rank != 1 || predictions.Shape[1] != Width || predictions.Shape[0] != target.Size : !predictions.Shape.Equals(target.Shape))
        {
            throw new ShapeException($"{GetType().Name}: the predictions are {predictions.Shape} and the target is {target.Shape}. Pass {(Width > 1 ? $"scores [N, {Width}] and labels [N]" : "scores of yes and labels in one shape, or say how many classes there are")}.");
        }

        long[] labels = LabelPairs.Integers(target);
        foreach (long label in labels)
        {
            LabelPairs.Check(GetType().Name, "true", label, _classes);
        }

        _scores.AddRange(predictions.To(DType.Float64).ToArray<double>());
        _labels.AddRange(labels);
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state)
    {
        Reset();
        _scores.AddRange(state["scores"].ToArray<double>());
        _labels.AddRange(state["labels"].ToArray<long>());
    }

    double Of(int column, int positive)
    {
        (double Score, bool IsPositive)[] order = [.. _labels.Select((label, i) => (_scores[(i * Width) + column], label == positive))];
        long positives = order.LongCount(pair => pair.IsPositive);
        if (positives == 0 || positives == order.Length || Array.Exists(order, pair => double.IsNaN(pair.Score)))
        {
            return double.NaN;
        }

        Array.Sort(order, (a, b) => b.Score.CompareTo(a.Score));
        var groups = new List<(long Positives, long Negatives)>();
        for (int i = 0; i < order.Length; i++)
        {
            if (i == 0 || order[i].Score != order[i - 1].Score)
            {
                groups.Add((0, 0));
            }

            (long hits, long others) = groups[^1];
            groups[^1] = order[i].IsPositive ? (hits + 1, others) : (hits, others + 1);
        }

        return Of(groups, positives, order.Length - positives);
    }
}
