using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Discrete distributions.</content>
public sealed partial class Tensor
{
    /// <summary>True with a probability; bool.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="probability">Of true, in [0, 1]; 0 never gives true and 1 always.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <exception cref="ArgumentException">The probability lies outside [0, 1].</exception>
    public static Tensor RandomBernoulli(RandomKey key, double probability, Shape shape) => probability is >= 0 and <= 1
        ? RandomUniform(key, shape) < Scalar(probability)
        : throw new ArgumentException($"RandomBernoulli: {probability} is no probability. Give one from 0 to 1.");

    /// <summary>True with a probability of its own for each element; bool, in the shape of the probabilities.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="probabilities">Of true; float32 or float64. No gradient passes.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomBernoulli(RandomKey key, Tensor probabilities) =>
        RandomUniform(key, probabilities.Shape, type: probabilities.DType) < probabilities;

    /// <summary>Whole numbers from low to high - 1, equally likely but for a bias below 2⁻³¹; int64 unless another dtype is asked for.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="low">The smallest.</param>
    /// <param name="high">One above the largest; at most 2³¹ above low.</param>
    /// <param name="type">Of the result.</param>
    /// <exception cref="ArgumentException">Nothing lies between low and high, or more than 2³¹ numbers.</exception>
    public static Tensor RandomInteger(RandomKey key, Shape shape, long low, long high, DType type = DType.Int64)
    {
        if (low >= high || high - low is > 1L << 31 or < 0)
        {
            throw new ArgumentException($"RandomInteger: from {low} to {high} are no 1 to 2147483648 numbers. Give low below high, and draw wider ranges from RandomBits.");
        }

        // 62 random bits modulo the span: each residue comes up ⌊2⁶² / span⌋ or one more times.
        Node first = Op.Cast(Op.ShiftRight(RandomBits(key, shape).Node, 1), DType.Int64);
        Node second = Op.Cast(Op.ShiftRight(RandomBits(key, shape, stream: 1).Node, 1), DType.Int64);
        Node bits = Op.Add(Op.Multiply(first, Op.Number(DType.Int64, 1L << 31)), second);
        Node span = Node.Scalar(DType.Int64, high - low);
        Node rest = Op.Subtract(bits, Op.Multiply(Op.Divide(bits, span), span));
        return new Tensor(Op.Cast(Op.Add(rest, Node.Scalar(DType.Int64, low)), type));
    }

    /// <summary>Indices of the last axis, drawn with the probabilities softmax(logits); int64, by the largest of logits plus Gumbel noise.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="logits">[…, categories]; logarithms of probabilities up to a constant; -∞ is never drawn. No gradient passes.</param>
    /// <param name="shape">Of the draws, before the axes of the logits: [shape…, …]; null for one draw each.</param>
    /// <remarks>Maddison, Tarlow, Minka 2014, "A* sampling": the Gumbel-max trick.</remarks>
    /// <exception cref="ShapeException">The logits have no axis.</exception>
    public static Tensor RandomCategorical(RandomKey key, Tensor logits, Shape? shape = null)
    {
        if (logits.Rank == 0)
        {
            throw new ShapeException("RandomCategorical: the logits [] have no axis of categories. Give […, categories].");
        }

        var extents = new Shape([.. shape ?? Shape.Scalar, .. logits.Shape]);
        return (logits.StopGradient() + RandomGumbel(key, extents, logits.DType)).ArgMax(-1);
    }

    /// <summary>The whole numbers below <paramref name="count"/> in random order, every order equally likely; [count], int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="count">How many, ≥ 0.</param>
    public static Tensor RandomPermutation(RandomKey key, int count) => From(Array.ConvertAll(Permutation.Draw(key, count), index => (long)index), count);
}
