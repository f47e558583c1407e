namespace Ashlar.Nn;

/// <content>Probabilities: yes or no, and distances between distributions.</content>
public static partial class Loss
{
    // ln p never falls below -100, so that one certain mistake does not make a mean infinite; its gradient is 0 there.
    const double LeastLog = -100;
    const double LeastProbability = 3.7200759760208356e-44;

    /// <summary>-(t · ln p + (1 - t) · ln(1 - p)), logarithms no lower than -100. Prefer <see cref="BinaryCrossEntropyWithLogits"/>, which loses nothing near 0 and 1.</summary>
    /// <param name="probability">p, 0 to 1; floating.</param>
    /// <param name="target">t, of the same shape, 0 to 1.</param>
    /// <param name="weight">Factors of the elements, broadcast; 1 by default.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropy(Tensor probability, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        CheckSame("BinaryCrossEntropy", probability, target, "probability", "target");
        Tensor nats = -((target * LogOf(probability)) + ((1 - target) * LogOf(1 - probability)));
        return Reduce(weight is null ? nats : nats * weight, reduction);

        static Tensor LogOf(Tensor p)
        {
            Tensor least = p <= LeastProbability;
            return Tensor.Where(least, Number(p, LeastLog), Tensor.Where(least, Number(p, 1), p).Log());
        }
    }

    /// <summary>Binary cross-entropy of p = σ(logits), from the logits: (1 - t) · z + (1 + (w - 1) t) · softplus(-z), w the positive weight.</summary>
    /// <param name="logits">z, [B, …]; floating.</param>
    /// <param name="target">t, of the same shape, 0 to 1.</param>
    /// <param name="positiveWeight">Factor of the elements with t = 1, broadcast; 1 by default. Above 1 it favours recall.</param>
    /// <param name="weight">Factors of the elements, broadcast; 1 by default.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor target, Tensor? positiveWeight = null, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        CheckSame("BinaryCrossEntropyWithLogits", logits, target, "logits", "target");
        Tensor no = Functional.Softplus(-logits);
        Tensor nats = ((1 - target) * logits) + (positiveWeight is null ? no : (((positiveWeight - 1) * target) + 1) * no);
        return Reduce(weight is null ? nats : nats * weight, reduction);
    }

    /// <summary>The terms p · (ln p - ln q) of the Kullback-Leibler divergence of p from q; 0 where p is 0.</summary>
    /// <param name="logPrediction">ln q, floating.</param>
    /// <param name="target">p of the same shape, or ln p.</param>
    /// <param name="logTarget">Whether the target is ln p.</param>
    /// <param name="reduction"><see cref="Reduction.BatchMean"/> by default, the divergence itself: a mean over elements would divide it by the number of classes.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor KLDivergence(Tensor logPrediction, Tensor target, bool logTarget = false, Reduction reduction = Reduction.BatchMean)
    {
        CheckSame("KLDivergence", logPrediction, target);
        if (logTarget)
        {
            return Reduce(target.Exp() * (target - logPrediction), reduction);
        }

        Tensor certain = Tensor.Where(target > 0, target, Number(target, 1));
        return Reduce(Tensor.Where(target > 0, certain * certain.Log(), Number(target, 0)) - (target * logPrediction), reduction);
    }
}
