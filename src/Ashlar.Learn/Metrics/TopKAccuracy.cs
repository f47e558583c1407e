namespace Ashlar.Metrics;

/// <summary>Share of the examples whose right class is among the k with the largest scores, 0 to 1. Of equal scores the smaller class counts as larger.</summary>
/// <remarks>Takes scores [N, C] and labels [N].</remarks>
public sealed class TopKAccuracy : Metric
{
    readonly int _k;
    long _right;
    long _seen;

    /// <param name="k">How many may be named, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is less.</exception>
    public TopKAccuracy(int k = 5) => _k = k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), $"TopKAccuracy: k is {k}. Give 1 or more.");

    /// <inheritdoc/>
    public override double Value => (double)_right / _seen;

    /// <inheritdoc/>
    public override void Reset() => (_right, _seen) = (0, 0);

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        TopKAccuracy from = Like<TopKAccuracy>(other);
        (_right, _seen) = (_right + from._right, _seen + from._seen);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["right"] = Tensor.From([_right], []), ["seen"] = Tensor.From([_seen], []) };

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        LabelPairs.CheckScores(nameof(TopKAccuracy), predictions, target);
        if (target.Rank != 1)
        {
            throw new ShapeException($"TopKAccuracy: the target is {target.Shape}. Pass labels [N] with scores [N, C].");
        }

        int classes = predictions.Shape[1];
        double[] scores = predictions.To(DType.Float64).ToArray<double>();
        long[] labels = LabelPairs.Integers(target);
        for (int i = 0; i < labels.Length; i++)
        {
            LabelPairs.Check(nameof(TopKAccuracy), "true", labels[i], classes);
            _seen++;
            _right += IsNamed(scores.AsSpan(i * classes, classes), (int)labels[i]) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => (_right, _seen) = (state["right"].Item<long>(), state["seen"].Item<long>());

    bool IsNamed(ReadOnlySpan<double> scores, int label)
    {
        int before = double.IsNaN(scores[label]) ? scores.Length : 0;
        for (int other = 0; other < scores.Length; other++)
        {
            before += scores[other] > scores[label] || (scores[other] == scores[label] && other < label) ? 1 : 0;
        }

        return before < _k;
    }
}
