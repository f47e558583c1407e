using Ashlar.Nn;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>From scores of classical models to what they promise: transformed scores and labels.</summary>
static class Scores
{
    /// <param name="scores">[N, classes].</param>
    /// <param name="transform">NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO or PROBIT.</param>
    public static Tensor Transform(Tensor scores, string transform) => transform switch
    {
        "SOFTMAX" => Functional.Softmax(scores),
        "LOGISTIC" => scores.Sigmoid(),
        "SOFTMAX_ZERO" => SoftmaxZero(scores),
        "PROBIT" => ((scores * 2.0) - 1.0).ErfInverse() * 1.4142135623730951,
        _ => scores,
    };

    /// <summary>Labels of places among the classes.</summary>
    /// <param name="c">Holds the labels.</param>
    /// <param name="places">[N].</param>
    /// <param name="numbers">Attribute with labels of int64; text otherwise.</param>
    public static OnnxValue Labels(OperatorCall c, Tensor places, string numbers)
    {
        if (c.Attributes.Texts("classlabels_strings") is { Length: > 0 } texts)
        {
            return new OnnxStrings(places.Shape, [.. places.To(DType.Int64).ToArray<long>().Select(place => texts[place])]);
        }

        return c.Attributes.Ints(numbers) is { Length: > 0 } labels ? Tensor.From<long>(labels, labels.Length).Take(places, 0) : places.To(DType.Int64);
    }

    /// <summary>Number of labels.</summary>
    public static int Classes(OperatorCall c, string numbers) => Math.Max(c.Attributes.Texts("classlabels_strings")?.Length ?? 0, c.Attributes.Ints(numbers)?.Length ?? 0);

    // Scores of exactly 0 stay 0 and take no part.
    static Tensor SoftmaxZero(Tensor scores)
    {
        Tensor none = scores.EqualTo(0.0);
        Tensor powers = Tensor.Where(none, Tensor.ZerosLike(scores), (scores - scores.Max([-1], true)).Exp());
        Tensor sum = powers.Sum([-1], true);
        return Tensor.Where(sum.EqualTo(0.0), powers, powers / sum);
    }
}
