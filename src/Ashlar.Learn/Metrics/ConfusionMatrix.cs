namespace Ashlar.Metrics;

/// <summary>How often each class was taken for each. Its value is the share on the diagonal.</summary>
/// <remarks>Takes what <see cref="Accuracy"/> takes.</remarks>
public sealed class ConfusionMatrix : Metric
{
    readonly double _threshold;
    readonly long? _ignore;
    readonly long[] _counts;

    /// <param name="classes">Number of classes, ≥ 2.</param>
    /// <param name="threshold">A score of yes above it is label 1.</param>
    /// <param name="ignore">A label in the target whose examples are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
    public ConfusionMatrix(int classes, double threshold = 0.5, long? ignore = null)
    {
        Classes = classes >= 2 ? classes : throw new ArgumentOutOfRangeException(nameof(classes), $"ConfusionMatrix: {classes} classes cannot be confused. Give 2 or more.");
        (_threshold, _ignore, _counts) = (threshold, ignore, new long[classes * classes]);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>How many examples of a class were predicted as another.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The predicted one.</param>
    public long this[int actual, int predicted] => _counts[(actual * Classes) + predicted];

    /// <summary>int64 [classes, classes]: rows are true classes, columns predicted ones.</summary>
    public Tensor Counts => Tensor.From([.. _counts], Classes, Classes);

    /// <inheritdoc/>
    public override double Value => (double)Right / Total;

    /// <inheritdoc/>
    public override void Reset() => _counts.AsSpan().Clear();

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        ConfusionMatrix from = Like<ConfusionMatrix>(other);
        if (from.Classes != Classes)
        {
            throw new ArgumentException($"ConfusionMatrix.Merge: the other has {from.Classes} classes and this one {Classes}. Merge metrics of the same classes.", nameof(other));
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += from._counts[i];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["counts"] = Counts };

    internal long Total => _counts.Sum();

    internal long Right => Enumerable.Range(0, Classes).Sum(label => this[label, label]);

    internal long Actual(int label) => Enumerable.Range(0, Classes).Sum(predicted => this[label, predicted]);

    internal long Predicted(int label) => Enumerable.Range(0, Classes).Sum(actual => this[actual, label]);

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        (long[] predicted, long[] actual) = LabelPairs.Of(nameof(ConfusionMatrix), predictions, target, _threshold);
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != _ignore)
            {
                LabelPairs.Check(nameof(ConfusionMatrix), "true", actual[i], Classes);
                LabelPairs.Check(nameof(ConfusionMatrix), "predicted", predicted[i], Classes);
            }
        }

        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != _ignore)
            {
                _counts[(actual[i] * Classes) + predicted[i]]++;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => state["counts"].ToArray<long>().CopyTo(_counts, 0);
}
