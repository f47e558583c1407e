namespace Ashlar.Metrics;

/// <summary>Share of the predictions that are right, 0 to 1.</summary>
/// <remarks>Takes labels, or scores of yes above a threshold, in the target's shape; or scores [N, C, …], of which the largest counts, the first of several. With [N, C, positions] it counts every position.</remarks>
/// <param name="threshold">A score of yes above it is label 1: 0.5 for probabilities, 0 for logits.</param>
/// <param name="ignore">A label in the target whose examples are left out, such as that of padding.</param>
public sealed class Accuracy(double threshold = 0.5, long? ignore = null) : Metric
{
    long _right;
    long _seen;

    /// <inheritdoc/>
    public override double Value => (double)_right / _seen;

    /// <inheritdoc/>
    public override void Reset() => (_right, _seen) = (0, 0);

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        Accuracy from = Like<Accuracy>(other);
        (_right, _seen) = (_right + from._right, _seen + from._seen);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["right"] = Tensor.From([_right], []), ["seen"] = Tensor.From([_seen], []) };

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        (long[] predicted, long[] actual) = LabelPairs.Of(nameof(Accuracy), predictions, target, threshold);
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != ignore)
            {
                _seen++;
                _right += predicted[i] == actual[i] ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => (_right, _seen) = (state["right"].Item<long>(), state["seen"].Item<long>());
}
