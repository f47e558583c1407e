namespace Ashlar.Metrics;

/// <summary>What <see cref="Precision"/>, <see cref="Recall"/> and <see cref="F1"/> share: a score of each class from a confusion matrix, averaged.</summary>
/// <remarks>Takes what <see cref="Accuracy"/> takes. A score whose denominator is 0 is 0, as in scikit-learn.</remarks>
public abstract class ClassScore : Metric
{
    readonly ConfusionMatrix _matrix;
    readonly Averaging _averaging;

    private protected ClassScore(int classes, Averaging? averaging, double threshold, long? ignore)
    {
        _matrix = new ConfusionMatrix(classes, threshold, ignore);
        _averaging = averaging ?? (classes == 2 ? Averaging.Binary : Averaging.Macro);
        if (_averaging == Averaging.Binary && classes != 2)
        {
            throw new ArgumentException($"{GetType().Name}: binary averaging is for two classes, and there are {classes}. Take Macro, Micro or Weighted.", nameof(averaging));
        }
    }

    /// <inheritdoc/>
    public override double Value => _matrix.Total == 0 ? double.NaN : _averaging switch
    {
        Averaging.Binary => Of(1),
        Averaging.Micro => Ratio(_matrix.Right, _matrix.Total - _matrix.Right, _matrix.Total - _matrix.Right),
        _ => Mean(_averaging == Averaging.Weighted),
    };

    /// <summary>The score of every class, in order.</summary>
    public IReadOnlyList<double> PerClass => [.. Enumerable.Range(0, _matrix.Classes).Select(Of)];

    /// <inheritdoc/>
    public override void Reset() => _matrix.Reset();

    /// <inheritdoc/>
    public override void Merge(Metric other) => _matrix.Merge(other.GetType() == GetType() ? ((ClassScore)other)._matrix : other);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => _matrix.StateTensors();

    /// <summary>The score from counts of one class.</summary>
    /// <param name="hits">Of the class and taken for it.</param>
    /// <param name="false">Of another and taken for it.</param>
    /// <param name="missed">Of the class and taken for another.</param>
    private protected abstract double Ratio(long hits, long @false, long missed);

    private protected static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target) => _matrix.Update(predictions, target);

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => _matrix.Load(state);

    double Of(int label)
    {
        long hits = _matrix[label, label];
        return Ratio(hits, _matrix.Predicted(label) - hits, _matrix.Actual(label) - hits);
    }

    double Mean(bool weighted)
    {
        (double sum, long weights) = (0, 0);
        for (int label = 0; label < _matrix.Classes; label++)
        {
            long actual = _matrix.Actual(label);
            long weight = weighted ? actual : actual + _matrix.Predicted(label) > 0 ? 1 : 0;
            (sum, weights) = (sum + (weight * Of(label)), weights + weight);
        }

        return sum / weights;
    }
}
