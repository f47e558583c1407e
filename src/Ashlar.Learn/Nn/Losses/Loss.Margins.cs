using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <content>Margins: scores that shall differ by so much.</content>
public static partial class Loss
{
    /// <summary>max(0, 1 - y · score).</summary>
    /// <param name="score">Floating.</param>
    /// <param name="target">y, of the same shape, -1 or 1.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Hinge(Tensor score, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSame("Hinge", score, target, "score", "target");
        return Reduce(Positive(1 - (target * score)), reduction);
    }

    /// <summary>A distance x where y = 1, max(0, margin - x) where y = -1.</summary>
    /// <param name="distance">x, floating.</param>
    /// <param name="target">y, of the same shape, -1 or 1.</param>
    /// <param name="margin">How far apart what does not belong together shall be.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor HingeEmbedding(Tensor distance, Tensor target, double margin = 1, Reduction reduction = Reduction.Mean)
    {
        CheckSame("HingeEmbedding", distance, target, "distance", "target");
        return Reduce(Tensor.Where(target > 0, distance, Positive(margin - distance)), reduction);
    }

    /// <summary>ln(1 + e^(-y · score)).</summary>
    /// <param name="score">Floating.</param>
    /// <param name="target">y, of the same shape, -1 or 1.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor SoftMargin(Tensor score, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSame("SoftMargin", score, target, "score", "target");
        return Reduce(Functional.Softplus(-(target * score)), reduction);
    }

    /// <summary>For each example Σ over the other classes i of max(0, margin - x of the class + xᵢ)ᵖ / C, times the weight of its class.</summary>
    /// <remarks>Crammer, Singer 2001 with a sum in place of the largest.</remarks>
    /// <param name="scores">x, [B, C], or [C] for one example; floating.</param>
    /// <param name="target">[B], the classes, 0 to C - 1; integer.</param>
    /// <param name="power">p, 1 or 2.</param>
    /// <param name="margin">How far above the others the class shall be.</param>
    /// <param name="weight">[C], the weights of the classes; 1 by default.</param>
    /// <param name="reduction">What becomes of the numbers [B]; the mean is over examples.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentException">A class lies outside, or the power is neither 1 nor 2.</exception>
    public static Tensor MultiMargin(Tensor scores, Tensor target, int power = 1, double margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        if (power is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(power), $"MultiMargin: the power is {power}. Give 1 or 2.");
        }

        if (scores.Rank is not (1 or 2))
        {
            throw new ShapeException($"MultiMargin: the scores are {scores.Shape}. Give [B, C] and classes [B].");
        }

        var classes = Classes.Of("MultiMargin", scores, target, weight, ignore: null, "scores");
        Tensor over = Positive(scores - classes.Pick(scores).Reshape(classes.Kept) + margin);
        over = power == 1 ? over : over * over;
        over = weight is null ? over : over * classes.Weights!.Reshape(classes.Kept);

        // The class against itself is margin ᵖ and no term of the sum.
        Tensor isOther = new Tensor(Op.Iota(scores.Shape, classes.Axis)).NotEqualTo(target.Reshape(classes.Kept));
        return Reduce(Tensor.Where(isOther, over, Number(over, 0)).Mean([classes.Axis]), reduction);
    }

    /// <summary>For each example Σ over labels j and classes i that are none of max(0, 1 - xⱼ + xᵢ) / C.</summary>
    /// <param name="scores">x, [B, C]; floating.</param>
    /// <param name="target">[B, C], not 0 where the class is a label; a list of labels as other libraries take it is turned into this by comparing.</param>
    /// <param name="reduction">What becomes of the numbers [B].</param>
    /// <exception cref="ShapeException">The shapes differ or are no [B, C].</exception>
    public static Tensor MultiLabelMargin(Tensor scores, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSame("MultiLabelMargin", scores, target, "scores", "target");
        if (scores.Rank != 2)
        {
            throw new ShapeException($"MultiLabelMargin: the scores are {scores.Shape}. Give [B, C].");
        }

        (int examples, int classes) = (scores.Shape[0], scores.Shape[1]);
        Tensor isLabel = target.To(DType.Bool);
        Tensor over = Positive(scores.Reshape(examples, 1, classes) - scores.Reshape(examples, classes, 1) + 1);
        Tensor counts = isLabel.Reshape(examples, classes, 1) & ~isLabel.Reshape(examples, 1, classes);
        return Reduce(Tensor.Where(counts, over, Number(over, 0)).Sum([1, 2]) / Tensor.Scalar(classes, scores.DType), reduction);
    }

    /// <summary>For each example the mean over classes of binary cross-entropy from the logits.</summary>
    /// <param name="logits">[B, C]; floating.</param>
    /// <param name="target">Of the same shape, 0 or 1.</param>
    /// <param name="weight">[C], the weights of the classes; 1 by default.</param>
    /// <param name="reduction">What becomes of the numbers [B].</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MultiLabelSoftMargin(Tensor logits, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        CheckSame("MultiLabelSoftMargin", logits, target, "logits", "target");
        return Reduce(BinaryCrossEntropyWithLogits(logits, target, weight: weight, reduction: Reduction.None).Mean([-1]), reduction);
    }

    /// <summary>max(0, margin - y · (first - second)): first shall be above second where y = 1, below where y = -1.</summary>
    /// <param name="first">Scores; floating.</param>
    /// <param name="second">Of the same shape.</param>
    /// <param name="target">y, of the same shape, -1 or 1.</param>
    /// <param name="margin">By how much.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MarginRanking(Tensor first, Tensor second, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        CheckSame("MarginRanking", first, second, "first", "second");
        CheckSame("MarginRanking", first, target, "first", "target");
        return Reduce(Positive(margin - (target * (first - second))), reduction);
    }

    /// <summary>1 - cos of the angle between vectors where y = 1, max(0, cos - margin) where y = -1.</summary>
    /// <param name="first">[…, features]; floating.</param>
    /// <param name="second">Of the same shape.</param>
    /// <param name="target">y, [...], -1 or 1.</param>
    /// <param name="margin">The largest cosine that costs nothing where y = -1.</param>
    /// <param name="reduction">What becomes of the numbers […].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor CosineEmbedding(Tensor first, Tensor second, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        CheckSame("CosineEmbedding", first, second, "first", "second");
        Tensor product = (first * second).Sum([-1]);
        CheckSame("CosineEmbedding", product, target, "pairs", "target");

        // 10⁻¹² keeps the angle of a zero vector defined.
        Tensor cosine = product / (((first * first).Sum([-1]) + 1e-12) * ((second * second).Sum([-1]) + 1e-12)).Sqrt();
        return Reduce(Tensor.Where(target > 0, 1 - cosine, Positive(cosine - margin)), reduction);
    }

    /// <summary>max(0, margin + d(anchor, positive) - d(anchor, negative)) with Euclidean distances.</summary>
    /// <remarks>Balntas, Riba, Ponsa, Mikolajczyk 2016, "Learning local feature descriptors with triplets and shallow convolutional neural networks", which names the swap.</remarks>
    /// <param name="anchor">[…, features]; floating.</param>
    /// <param name="positive">Of the same shape, what belongs to it.</param>
    /// <param name="negative">Of the same shape, what does not.</param>
    /// <param name="margin">How much nearer the positive shall be.</param>
    /// <param name="swap">Whether d(positive, negative) counts where it is less than d(anchor, negative).</param>
    /// <param name="epsilon">Added to each difference, so that the distance of equal vectors has a gradient.</param>
    /// <param name="reduction">What becomes of the numbers […].</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor TripletMargin(Tensor anchor, Tensor positive, Tensor negative, double margin = 1, bool swap = false, double epsilon = 1e-6, Reduction reduction = Reduction.Mean)
    {
        CheckSame("TripletMargin", anchor, positive, "anchor", "positive");
        CheckSame("TripletMargin", anchor, negative, "anchor", "negative");
        Tensor far = Distance(anchor, negative);
        far = swap ? Tensor.Minimum(far, Distance(positive, negative)) : far;
        return Reduce(Positive(Distance(anchor, positive) - far + margin), reduction);

        Tensor Distance(Tensor a, Tensor b)
        {
            Tensor difference = a - b + epsilon;
            return (difference * difference).Sum([-1]).Sqrt();
        }
    }
}
