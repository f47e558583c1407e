namespace Ashlar.Metrics;

/// <summary>Predicted and true numbers of a batch, as float64.</summary>
static class NumberPairs
{
    public static (double[] Predicted, double[] Actual) Of(string metric, Tensor predictions, Tensor target) => predictions.Shape.Equals(target.Shape)
        ? (predictions.To(DType.Float64).ToArray<double>(), target.To(DType.Float64).ToArray<double>())
        : throw new ShapeException($"{metric}: the predictions are {predictions.Shape} and the target is {target.Shape}. Pass both in one shape.");
}
