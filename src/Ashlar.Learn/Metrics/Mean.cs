namespace Ashlar.Metrics;

/// <summary>The mean of numbers that are seen one by one or many at once, such as losses, each with a weight.</summary>
public sealed class Mean : Metric
{
    double _sum;
    double _weights;

    /// <inheritdoc/>
    public override double Value => _sum / _weights;

    /// <summary>Takes one number in.</summary>
    /// <param name="value">The number.</param>
    /// <param name="weight">Such as the size of its batch, ≥ 0.</param>
    public void Update(double value, double weight = 1) => (_sum, _weights) = (_sum + (value * weight), _weights + weight);

    /// <inheritdoc/>
    public override void Reset() => (_sum, _weights) = (0, 0);

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        Mean from = Like<Mean>(other);
        (_sum, _weights) = (_sum + from._sum, _weights + from._weights);
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["sum"] = Tensor.From([_sum], []), ["weights"] = Tensor.From([_weights], []) };

    /// <summary>Takes all elements in.</summary>
    /// <param name="predictions">The numbers.</param>
    /// <param name="target">Their weights, in the same shape.</param>
    protected override void Add(Tensor predictions, Tensor target)
    {
        (double[] values, double[] weights) = NumberPairs.Of(nameof(Mean), predictions, target);
        for (int i = 0; i < values.Length; i++)
        {
            Update(values[i], weights[i]);
        }
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => (_sum, _weights) = (state["sum"].Item<double>(), state["weights"].Item<double>());
}
