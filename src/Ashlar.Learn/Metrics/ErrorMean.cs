namespace Ashlar.Metrics;

/// <summary>What the means of errors of numbers share. Takes predictions and target in one shape.</summary>
public abstract class ErrorMean : Metric
{
    double _sum;
    long _seen;

    private protected ErrorMean()
    {
    }

    /// <inheritdoc/>
    public override double Value => Of(_sum / _seen);

    /// <inheritdoc/>
    public override void Reset() => (_sum, _seen) = (0, 0);

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        var from = (ErrorMean)(other.GetType() == GetType() ? other : throw new ArgumentException($"{GetType().Name}.Merge: the other is a {other.GetType().Name}. Merge metrics of one kind.", nameof(other)));
        (_sum, _seen) = (_sum + from._sum, _seen + from._seen);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["sum"] = Tensor.From([_sum], []), ["seen"] = Tensor.From([_seen], []) };

    private protected abstract double Error(double prediction, double target);

    private protected virtual double Of(double mean) => mean;

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        (double[] p, double[] t) = NumberPairs.Of(GetType().Name, predictions, target);
        for (int i = 0; i < p.Length; i++)
        {
            _sum += Error(p[i], t[i]);
        }

        _seen += p.Length;
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => (_sum, _seen) = (state["sum"].Item<double>(), state["seen"].Item<long>());
}
