namespace Ashlar.Metrics;

/// <summary>Predicted and true labels of a batch.</summary>
static class LabelPairs
{
    /// <param name="metric">For messages.</param>
    /// <param name="predictions">Labels or scores of yes, in the target's shape; or scores [N, C, …] of classes.</param>
    /// <param name="target">Labels [N, …].</param>
    /// <param name="threshold">A score of yes above it is label 1.</param>
    public static (long[] Predicted, long[] Actual) Of(string metric, Tensor predictions, Tensor target, double threshold)
    {
        if (predictions.Shape.Equals(target.Shape))
        {
            return (Integers(predictions.DType.IsFloating ? predictions > Tensor.Scalar(threshold, predictions.DType) : predictions), Integers(target));
        }

        CheckScores(metric, predictions, target);
        return (Integers(predictions.ArgMax(1)), Integers(target));
    }

    /// <exception cref="ShapeException">Predictions are not [N, C, …] for a target [N, …].</exception>
    public static void CheckScores(string metric, Tensor predictions, Tensor target)
    {
        Shape scores = predictions.Shape;
        bool fits = scores.Rank == target.Rank + 1 && target.Rank >= 1 && scores[1] > 1 && scores[0] == target.Shape[0];
        for (int axis = 1; fits && axis < target.Rank; axis++)
        {
            fits = scores[axis + 1] == target.Shape[axis];
        }

        if (!fits)
        {
            throw new ShapeException($"{metric}: the predictions are {scores} and the target is {target.Shape}. Pass scores [N, C, …] of two or more classes for labels [N, …], or both in one shape.");
        }
    }

    /// <summary>The elements as whole numbers.</summary>
    public static long[] Integers(Tensor labels) => labels.To(DType.Int64).ToArray<long>();

    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    public static void Check(string metric, string whose, long label, int classes)
    {
        if (label < 0 || label >= classes)
        {
            throw new ArgumentException($"{metric}: a {whose} label is {label} and there are {classes} classes. Labels are 0 to {classes - 1}; say how many classes there are, or which label to ignore.");
        }
    }
}
