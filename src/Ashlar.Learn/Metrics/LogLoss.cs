using Ashlar.Nn;

namespace Ashlar.Metrics;

/// <summary>Mean cross-entropy in nats, computed in float64: -ln of the probability that the right class is given.</summary>
/// <remarks>Takes logits [N, C, …] and labels [N, …]; or, for yes and no, one logit of yes for each label, in one shape. Probabilities are brought into 2⁻⁵² to 1 - 2⁻⁵² and then divided by their sum, as in scikit-learn.</remarks>
/// <param name="probabilities">Whether predictions are probabilities, not logits.</param>
/// <param name="ignore">A label in the target whose examples are left out.</param>
public sealed class LogLoss(bool probabilities = false, long? ignore = null) : Metric
{
    const double Least = 1.0 / (1L << 52);

    double _sum;
    long _seen;

    /// <inheritdoc/>
    public override double Value => _sum / _seen;

    /// <inheritdoc/>
    public override void Reset() => (_sum, _seen) = (0, 0);

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        LogLoss from = Like<LogLoss>(other);
        (_sum, _seen) = (_sum + from._sum, _seen + from._seen);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["sum"] = Tensor.From([_sum], []), ["seen"] = Tensor.From([_seen], []) };

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        Tensor x = predictions.To(DType.Float64);
        if (predictions.Shape.Equals(target.Shape))
        {
            // [2, …]: the logarithms of no and of yes.
            Tensor p = x.Clip(Least, 1 - Least);
            Add((probabilities ? Tensor.Stack([1 - p, p]).Log() : Tensor.Stack([Functional.LogSigmoid(-x), Functional.LogSigmoid(x)])).ToArray<double>(), LabelPairs.Integers(target), 2, target.Size);
            return;
        }

        LabelPairs.CheckScores(nameof(LogLoss), predictions, target);
        Tensor clipped = x.Clip(Least, 1 - Least);
        Tensor logs = probabilities ? (clipped / clipped.Sum([1], keepAxes: true)).Log() : x - x.LogSumExp([1], keepAxes: true);
        Add(logs.ToArray<double>(), LabelPairs.Integers(target), x.Shape[1], x.Size / Math.Max(1, x.Shape[0] * x.Shape[1]));
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => (_sum, _seen) = (state["sum"].Item<double>(), state["seen"].Item<long>());

    // logs: [outer, classes, inner], labels: [outer, inner].
    void Add(double[] logs, long[] labels, int classes, int inner)
    {
        foreach (long label in labels)
        {
            if (label != ignore)
            {
                LabelPairs.Check(nameof(LogLoss), "true", label, classes);
            }
        }

        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != ignore)
            {
                _sum -= logs[(((i / inner * classes) + (int)labels[i]) * inner) + (i % inner)];
                _seen++;
            }
        }
    }
}
