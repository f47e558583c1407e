namespace Ashlar.Nn;

/// <summary>The functions that layers apply, without parameters of their own.</summary>
public static partial class Functional
{
    /// <summary>Each element with probability p set to 0, the others divided by 1 - p.</summary>
    /// <param name="x">Floating.</param>
    /// <param name="probability">p, 0 ≤ p &lt; 1.</param>
    /// <param name="bits">int32, as many as x has elements or of a shape that broadcasts to it, from <see cref="Tensor.RandomBits"/>. An element stays where its highest 31 bits, read as a whole number, are at least p · 2³¹.</param>
    public static Tensor Dropout(Tensor x, double probability, Tensor bits) =>
        Tensor.Where(Stays(probability, bits), x * (1 / (1 - probability)), new Tensor(Primitives.Op.Number(x.Node, 0)));

    internal static Tensor Stays(double probability, Tensor bits) => new Tensor(Primitives.Op.ShiftRight(bits.Node, 1)) >= (long)Math.Floor(probability * (1L << 31));
}
