using System.Globalization;
using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <summary>Numbers to make small, []: means over the batch.</summary>
public static class Loss
{
    /// <summary>Cross-entropy of softmax: the mean over rows of ln Σ e^logits - logit of the label, in nats.</summary>
    /// <remarks>
    /// With smoothing ε the label's probability is 1 - ε and every class gets ε / C more (Szegedy et al. 2016, section 7).
    /// Labels are data: those whose values are at hand, as a loader's are, are checked here; a label that is computed and lies outside makes the loss NaN.
    /// </remarks>
    /// <param name="logits">[B, C]; floating.</param>
    /// <param name="labels">[B], the classes, 0 to C - 1; int32 or int64.</param>
    /// <param name="smoothing">ε, 0 ≤ ε &lt; 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes do not fit.</exception>
    /// <exception cref="ArgumentException">A label lies outside 0 … C - 1, or ε outside its range.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, double smoothing = 0)
    {
        Check(logits, labels, smoothing);
        Tensor z = logits - logits.Max([-1], keepAxes: true).StopGradient();
        Tensor row = z.Exp().Sum([-1]).Log();

        // A comparison instead of a gather: it joins the kernel of the row, and its gradient writes no memory.
        Tensor isLabel = new Tensor(Op.Iota(logits.Shape, 1)).EqualTo(labels.Reshape(-1, 1));
        Tensor picked = Tensor.Where(isLabel, z, Number(logits, 0)).Sum([-1]);
        Tensor nats = smoothing == 0 ? row - picked : row - (picked * (1 - smoothing)) - (z.Mean([-1]) * smoothing);
        return Outside(nats, labels, logits.Shape[1]).Mean();
    }

    /// <summary>Σ (prediction - target)² / n over all elements.</summary>
    /// <param name="prediction">Floating.</param>
    /// <param name="target">Of the same shape: nothing is broadcast, which hides mistakes.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target)
    {
        if (!prediction.Shape.Equals(target.Shape))
        {
            throw new ShapeException($"MeanSquaredError: prediction {prediction.Shape} and target {target.Shape} differ. Reshape one to the other's shape.");
        }

        Tensor difference = prediction - target;
        return (difference * difference).Mean();
    }

    static void Check(Tensor logits, Tensor labels, double smoothing)
    {
        if (logits.Rank != 2 || labels.Rank != 1 || logits.Shape[0] != labels.Shape[0])
        {
            throw new ShapeException($"CrossEntropy: logits {logits.Shape} and labels {labels.Shape} do not fit. Give [B, C] and [B].");
        }

        if (!logits.DType.IsFloating || labels.DType is not (DType.Int32 or DType.Int64))
        {
            throw new DTypeException($"CrossEntropy: logits are {logits.DType.Name} and labels {labels.DType.Name}. Give floating logits and int32 or int64 labels.");
        }

        if (!(smoothing >= 0 && smoothing < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), string.Create(CultureInfo.InvariantCulture, $"CrossEntropy: smoothing {smoothing} lies outside 0 ≤ ε < 1. Give the share taken from the label."));
        }

        if (labels.Node.Value is not null)
        {
            long[] values = labels.DType == DType.Int64 ? labels.ToArray<long>() : Array.ConvertAll(labels.ToArray<int>(), label => (long)label);
            int wrong = Array.FindIndex(values, label => (ulong)label >= (ulong)logits.Shape[1]);
            if (wrong >= 0)
            {
                throw new ArgumentException($"CrossEntropy: label {values[wrong]} of row {wrong} lies outside 0 … {logits.Shape[1] - 1}. Check the labels against the {logits.Shape[1]} outputs of the last layer.", nameof(labels));
            }
        }
    }

    static Tensor Outside(Tensor nats, Tensor labels, int classes)
    {
        if (labels.Node.Value is not null)
        {
            return nats;
        }

        return Tensor.Where((labels >= 0) & (labels < classes), nats, Number(nats, double.NaN));
    }

    static Tensor Number(Tensor like, double value) => new(Op.Number(like.Node, value));
}
