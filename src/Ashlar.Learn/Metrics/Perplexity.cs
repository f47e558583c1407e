using Ashlar.Functions;

namespace Ashlar.Metrics;

/// <summary>Among how many equally likely classes a model is as unsure: e to the mean cross-entropy.</summary>
/// <remarks>Takes logits [N, …, C], classes along the last axis as language models give them, and labels [N, …].</remarks>
/// <param name="ignore">A label in the target whose positions are left out, such as that of padding.</param>
public sealed class Perplexity(long? ignore = null) : Metric
{
    readonly LogLoss _loss = new(ignore: ignore);

    /// <inheritdoc/>
    public override double Value => ElementaryFunctions.Exp(_loss.Value);

    /// <inheritdoc/>
    public override void Reset() => _loss.Reset();

    /// <inheritdoc/>
    public override void Merge(Metric other) => _loss.Merge(Like<Perplexity>(other)._loss);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> StateTensors() => _loss.StateTensors();

    /// <inheritdoc/>
    protected override void Add(Tensor predictions, Tensor target)
    {
        if (predictions.Rank != target.Rank + 1 || !predictions.Shape.Take(target.Rank).SequenceEqual(target.Shape))
        {
            throw new ShapeException($"Perplexity: the predictions are {predictions.Shape} and the target is {target.Shape}. Pass logits [N, …, C] and labels [N, …].");
        }

        _loss.Update(predictions.Reshape(target.Size, predictions.Shape[^1]), target.Reshape(target.Size));
    }

    /// <inheritdoc/>
    protected override void Take(IReadOnlyDictionary<string, Tensor> state) => _loss.Load(state);
}
