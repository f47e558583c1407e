using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <summary>Transforms on pairs [..., 2] along one of the axes before the last.</summary>
static class FourierPairs
{
    // Fewer lines side by side are faster as rows of a copy.
    const int FewestColumns = 8;

    /// <summary>The pairs of a tensor, complex or not; integers as float32.</summary>
    public static Node Of(Tensor x)
    {
        if (x.DType.IsComplex)
        {
            return x.Recorded;
        }

        Node real = Op.Cast(x.Node, x.DType.ComplexType.RealType);
        int[] after = new int[x.Rank + 1];
        after[^1] = 1;
        return Op.Pad(Op.Reshape(real, [.. x.Shape, 1]), new int[after.Length], after, new int[after.Length], 0);
    }

    /// <summary>The transform along an axis after it was cut or filled with zeros to n.</summary>
    public static Node Along(Node pairs, int axis, int n, bool inverse, FftNorm norm, string operation)
    {
        Node fitted = Fit(pairs, axis, n, operation);
        int last = fitted.Shape.Rank - 2;
        if (new Shape(fitted.Shape.Extents[(axis + 1)..^1]).Size >= FewestColumns)
        {
            return Scaled(Op.Fft(fitted, inverse, last - axis), Scale(n, inverse, norm));
        }

        int[] exchange = Exchange(last + 2, axis, last);
        return Scaled(Move(Op.Fft(Move(fitted, exchange), inverse), exchange), Scale(n, inverse, norm));
    }

    /// <summary>The axes in their order but for two, which change places.</summary>
    public static int[] Exchange(int rank, int one, int other)
    {
        int[] exchange = [.. Enumerable.Range(0, rank)];
        (exchange[one], exchange[other]) = (other, one);
        return exchange;
    }

    /// <summary>The axes permuted, if that changes anything.</summary>
    public static Node Move(Node x, int[] axes) => axes.SequenceEqual(Enumerable.Range(0, axes.Length)) ? x : Op.Permute(x, axes);

    /// <summary>x times a number, if that changes anything.</summary>
    public static Node Scaled(Node x, double scale) => scale == 1 ? x : Op.Multiply(x, Op.Number(x, scale));

    /// <summary>Cuts an axis at n, or fills it up with zeros.</summary>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Node Fit(Node x, int axis, int n, string operation)
    {
        if (n < 1)
        {
            throw NoElements(operation, n, axis);
        }

        int rank = x.Shape.Rank;
        int extent = x.Shape[axis];
        if (n == extent)
        {
            return x;
        }

        if (n < extent)
        {
            int[] extents = [.. x.Shape];
            extents[axis] = n;
            return Op.Slice(x, new int[rank], extents, Op.Ones(rank));
        }

        var after = new int[rank];
        after[axis] = n - extent;
        return Op.Pad(x, new int[rank], after, new int[rank], 0);
    }

    /// <summary>A transform of nothing was asked for.</summary>
    public static ShapeException NoElements(string operation, int n, int axis) =>
        new($"{operation}: a transform of {n} elements was asked for along axis {axis}. Give a length of 1 or more.");

    /// <summary>What a transform is multiplied by.</summary>
    public static double Scale(int n, bool inverse, FftNorm norm) => norm switch
    {
        FftNorm.Ortho => 1 / Math.Sqrt(n),
        FftNorm.Forward => inverse ? 1 : 1.0 / n,
        _ => inverse ? 1.0 / n : 1,
    };
}
