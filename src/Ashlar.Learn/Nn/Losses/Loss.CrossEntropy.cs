using System.Globalization;

namespace Ashlar.Nn;

/// <content>Classification: one of several classes.</content>
public static partial class Loss
{
    /// <summary>Cross-entropy of softmax: ln Σ e^logits - logit of the class, in nats; with probabilities p as target Σ p · (ln Σ e^logits - logit).</summary>
    /// <remarks>
    /// With smoothing ε the target's probabilities are multiplied by 1 - ε and every class gets ε / C more (Szegedy et al. 2016, section 7).
    /// With class weights each term has the weight of its class, and the mean is over the weights of the targets; over the examples if the targets are probabilities.
    /// Classes are data: those whose values are at hand, as a loader's are, are checked here; a class that is computed and lies outside makes the loss NaN.
    /// </remarks>
    /// <param name="logits">[B, C, …], or [C] for one example; floating.</param>
    /// <param name="target">[B, …], the classes, 0 to C - 1, integer; or probabilities of the logits' shape, floating.</param>
    /// <param name="smoothing">ε, 0 ≤ ε &lt; 1.</param>
    /// <param name="weight">[C], the weights of the classes; 1 by default.</param>
    /// <param name="ignore">A class that marks positions to leave out, often -100; none by default. If all are left out the mean is NaN.</param>
    /// <param name="reduction">What becomes of the numbers [B, …].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes do not fit.</exception>
    /// <exception cref="ArgumentException">A class lies outside 0 … C - 1, or ε outside its range.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor target, double smoothing = 0, Tensor? weight = null, int? ignore = null, Reduction reduction = Reduction.Mean)
    {
        var classes = Classes.Of("CrossEntropy", logits, target, weight, ignore, "logits");
        CheckSmoothing(smoothing);
        int axis = classes.Axis;
        Tensor z = logits - logits.Max([axis], keepAxes: true).StopGradient();
        Tensor row = z.Exp().Sum([axis]).Log();
        return classes.Given is { } probabilities
            ? Reduce(Expected(classes, z, row, probabilities, smoothing), reduction)
            : classes.Reduce(Chosen(classes, z, row, smoothing), reduction);
    }

    /// <summary>The negative log-likelihood of classes: -ln p of the class, from ln p; cross-entropy for what has gone through <see cref="Functional.LogSoftmax"/>.</summary>
    /// <param name="logProbabilities">[B, C, …], or [C] for one example; floating.</param>
    /// <param name="target">[B, …], the classes, 0 to C - 1; integer.</param>
    /// <param name="weight">[C], the weights of the classes; 1 by default. The mean is over the weights of the targets.</param>
    /// <param name="ignore">A class that marks positions to leave out; none by default.</param>
    /// <param name="reduction">What becomes of the numbers [B, …].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes do not fit.</exception>
    /// <exception cref="ArgumentException">A class lies outside 0 … C - 1.</exception>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, Tensor target, Tensor? weight = null, int? ignore = null, Reduction reduction = Reduction.Mean)
    {
        var classes = Classes.Of("NegativeLogLikelihood", logProbabilities, target, weight, ignore, "log-probabilities");
        Tensor nats = -classes.Pick(logProbabilities);
        return classes.Reduce(classes.Weights is { } w ? nats * w : nats, reduction);
    }

    static Tensor Chosen(Classes classes, Tensor z, Tensor row, double smoothing)
    {
        Tensor picked = classes.Pick(z);
        if (classes.Weight is not { } weight)
        {
            return smoothing == 0 ? row - picked : row - (picked * (1 - smoothing)) - (z.Mean([classes.Axis]) * smoothing);
        }

        Tensor nats = (row - picked) * classes.Weights!;
        return smoothing == 0
            ? nats
            : (nats * (1 - smoothing)) + (((row.Reshape(classes.Kept) - z) * weight).Mean([classes.Axis]) * smoothing);
    }

    static Tensor Expected(Classes classes, Tensor z, Tensor row, Tensor probabilities, double smoothing)
    {
        Tensor p = smoothing == 0 ? probabilities : (probabilities * (1 - smoothing)) + (smoothing / Math.Max(1, z.Shape[classes.Axis]));
        Tensor nats = p * (row.Reshape(classes.Kept) - z);
        return (classes.Weight is { } weight ? nats * weight : nats).Sum([classes.Axis]);
    }

    static void CheckSmoothing(double smoothing)
    {
        if (!(smoothing >= 0 && smoothing < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), string.Create(CultureInfo.InvariantCulture, $"CrossEntropy: smoothing {smoothing} lies outside 0 ≤ ε < 1. Give the share taken from the label."));
        }
    }
}
