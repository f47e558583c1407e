using Ashlar.Nn;

namespace Ashlar.Metrics;

/// <summary>A number about predictions that are seen batch by batch. It holds counts and sums, not examples, where its definition allows, and its state can be saved in the middle.</summary>
/// <remarks>Sums are whole numbers, or float64 in the order of the examples, so a value depends neither on the batches nor on threads.</remarks>
public abstract class Metric : IStateful
{
    /// <summary>The number for all examples since the last <see cref="Reset"/>; NaN where it is not defined, as before the first.</summary>
    public abstract double Value { get; }

    /// <summary>Takes examples in.</summary>
    /// <param name="predictions">What the model says; its form is that of the metric.</param>
    /// <param name="target">What is right.</param>
    /// <exception cref="ShapeException">The shapes do not fit the metric or each other.</exception>
    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    public void Update(Tensor predictions, Tensor target)
    {
        using Ir.Node.NoGradientScope scope = Transform.NoGradient();
        Add(predictions, target);
    }

    /// <summary>Forgets all examples.</summary>
    public abstract void Reset();

    /// <summary>Takes in what another has seen, as if its examples had come behind those here. Float64 sums are added as a whole, so their last bits may differ from those of one metric that saw all.</summary>
    /// <param name="other">Of the same kind and settings.</param>
    /// <exception cref="ArgumentException">It is of another kind, or of other classes.</exception>
    public abstract void Merge(Metric other);

    /// <inheritdoc/>
    public abstract IReadOnlyDictionary<string, Tensor> StateTensors();

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        IReadOnlyList<string> differences = Differences(state);
        if (differences.Count > 0)
        {
            throw new StateException($"{GetType().Name}.Load: the state does not fit: {string.Join("; ", differences)}. Nothing was changed. Load what a metric of the same kind and settings saved.");
        }

        Take(state);
    }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Differences(IReadOnlyDictionary<string, Tensor> state) => StateCheck.Differences(StateTensors(), state);

    /// <summary>Takes examples in; nothing is recorded for gradients.</summary>
    /// <param name="predictions">What the model says.</param>
    /// <param name="target">What is right.</param>
    protected abstract void Add(Tensor predictions, Tensor target);

    /// <summary>Takes a state that fits.</summary>
    protected abstract void Take(IReadOnlyDictionary<string, Tensor> state);

    /// <summary>The other as one of this kind.</summary>
    private protected T Like<T>(Metric other)
        where T : Metric => other as T ?? throw new ArgumentException($"{GetType().Name}.Merge: the other is a {other.GetType().Name}. Merge metrics of one kind.", nameof(other));
}
