using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <summary>Numbers to make small. Nothing is broadcast between a prediction and its target: that hides mistakes.</summary>
public static partial class Loss
{
    static Tensor Reduce(Tensor numbers, Reduction reduction) => reduction switch
    {
        Reduction.None => numbers,
        Reduction.Sum => numbers.Sum(),
        Reduction.BatchMean => numbers.Sum() / Tensor.Scalar(numbers.Rank == 0 ? 1 : numbers.Shape[0], numbers.DType),
        _ => numbers.Mean(),
    };

    static void CheckSame(string loss, Tensor prediction, Tensor target, string first = "prediction", string second = "target")
    {
        if (!prediction.Shape.Equals(target.Shape))
        {
            throw new ShapeException($"{loss}: {first} {prediction.Shape} and {second} {target.Shape} differ. Reshape one to the other's shape.");
        }

        if (!prediction.DType.IsFloating)
        {
            throw new DTypeException($"{loss}: the {first} is {prediction.DType.Name}, which has no gradient. Cast it to float32.");
        }
    }

    static Tensor Positive(Tensor x) => Tensor.Maximum(x, Number(x, 0));

    static Tensor Number(Tensor like, double value) => new(Op.Number(like.Node, value));
}
