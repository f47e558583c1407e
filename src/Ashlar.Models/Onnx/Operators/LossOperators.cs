using Ashlar.Nn;

namespace Ashlar.Onnx.Operators;

/// <summary>Losses of classification.</summary>
static class LossOperators
{
    public static Operator[] All { get; } =
    [
        new("NegativeLogLikelihoodLoss", 12, c => Loss(c, c[0], c[1], c.Maybe(2))),
        new("SoftmaxCrossEntropyLoss", 12, CrossEntropy),
    ];

    static Results CrossEntropy(OperatorCall c)
    {
        Tensor logs = ActivationOperators.Wide(c[0], x => Functional.LogSoftmax(x, 1));
        return (Loss(c, logs, c[1], c.Maybe(2)), logs);
    }

    static Tensor Loss(OperatorCall c, Tensor logs, Tensor target, Tensor? weights)
    {
        Tensor labels = target.To(DType.Int64);
        Tensor? counts = c.Attributes.Has("ignore_index") ? labels.NotEqualTo(c.Attributes.Int("ignore_index", 0)) : null;
        Tensor safe = counts is null ? labels : Tensor.Where(counts, labels, Tensor.ZerosLike(labels));
        Tensor weight = weights is null ? Tensor.Ones(labels.Shape, logs.DType) : weights.Take(safe.Reshape(safe.Size), 0).Reshape(labels.Shape.Extents);
        weight = counts is null ? weight : Tensor.Where(counts, weight, Tensor.ZerosLike(weight));
        Tensor loss = Tensor.Where(weight.EqualTo(0.0), Tensor.ZerosLike(weight), -logs.TakeAlongAxis(safe.Unsqueeze(1), 1).Squeeze(1) * weight);
        return c.Text("reduction", "mean") switch
        {
            "none" => loss,
            "sum" => loss.Sum(),
            _ => loss.Sum() / weight.Sum(),
        };
    }
}
