namespace Ashlar.Metrics;

/// <summary>The share of the target's variance that predictions explain: 1 - Σ(target - prediction)² / Σ(target - mean)²; 1 at best, negative if the mean would do better.</summary>
/// <remarks>
/// Takes predictions and target in one shape, [N] or [N, outputs]; several outputs have the mean of theirs. Where the target does not vary it is 1 for perfect predictions and 0 for others, as in scikit-learn; with fewer than two examples NaN.
/// The variance is gathered example by example: Welford 1962, "Note on a method for calculating corrected sums of squares and products"; merging: Chan, Golub, LeVeque 1979.
/// </remarks>
public sealed class R2 : Metric
{
    readonly double[] _mean;
    readonly double[] _squares;
    readonly double[] _errors;
    long _seen;

    /// <param name="outputs">Numbers of an example, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public R2(int outputs = 1)
    {
        if (outputs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(outputs), $"R2: {outputs} outputs cannot be measured. Give 1 or more.");
        }

        (_mean, _squares, _errors) = (new double[outputs], new double[outputs], new double[outputs]);
    }

    /// <inheritdoc/>
    public override double Value => _seen < 2 ? double.NaN : Enumerable.Range(0, _mean.Length).Sum(Of) / _mean.Length;

    /// <inheritdoc/>
    public override void Reset()
    {
        _mean.AsSpan().Clear();
        _squares.AsSpan().Clear();
        _errors.AsSpan().Clear();
        _seen = 0;
    }

    /// <inheritdoc/>
    public override void Merge(Metric other)
    {
        R2 from = Like<R2>(other);
        if (from._mean.Length != _mean.Length)
        {
            throw new ArgumentException($"R2.Merge: the other has {from._mean.Length} outputs and this one {_mean.Length}. Merge metrics of the same outputs.", nameof(other));
        }

        long all = _seen + from._seen;
        for (int i = 0; i < _mean.Length && all > 0; i++)
        {
            double apart = from._mean[i] - _mean[i];
            _mean[i] += apart * from._seen / all;
            _squares[i] += from._squares[i] + (apart * apart * _seen * from._seen / all);
            _errors[i] += from._errors[i];
        }

        _seen = all;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["mean"] = Tensor.From([.. _mean], _mean.Length),
        ["squares"] = Tensor.From([.. _squares], _mean.Length),
        ["errors"] = Tensor.From([.. _errors], _mean.Length),
        ["seen"] = Tensor.From([_seen], []),
    };

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        (double[] p, double[] t) = NumberPairs.Of(nameof(R2), predictions, target);
        int outputs = _mean.Length;
        if (target.Rank == 0 || target.Rank > 2 || (target.Rank == 2 ? target.Shape[1] : 1) != outputs)
        {
            throw new ShapeException($"R2: the target is {target.Shape} and there are {outputs} outputs. Pass [N, {outputs}], or say how many outputs there are.");
        }

        for (int example = 0; example * outputs < p.Length; example++)
        {
            _seen++;
            for (int i = 0; i < outputs; i++)
            {
                double y = t[(example * outputs) + i];
                double error = y - p[(example * outputs) + i];
                double before = y - _mean[i];
                _mean[i] += before / _seen;
                _squares[i] += before * (y - _mean[i]);
                _errors[i] += error * error;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state)
    {
        state["mean"].ToArray<double>().CopyTo(_mean, 0);
        state["squares"].ToArray<double>().CopyTo(_squares, 0);
        state["errors"].ToArray<double>().CopyTo(_errors, 0);
        _seen = state["seen"].Item<long>();
    }

    double Of(int output) => _squares[output] != 0 ? 1 - (_errors[output] / _squares[output]) : _errors[output] == 0 ? 1 : 0;
}
