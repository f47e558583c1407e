using System.Collections.Concurrent;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Reductions over axes; no axes means all. Sums follow the numerics law: the same bits on any machine and thread count.</content>
public sealed partial class Tensor
{
    static readonly ConcurrentDictionary<(double Count, DType Type), Node> KnownCounts = new();

    /// <summary>Σ over axes.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <param name="dtype">To which the elements are cast first, and that of the result. By default int64 for bool and signed integers, uint64 for unsigned ones, else the tensor's own.</param>
    public Tensor Sum(ReadOnlySpan<int> axes = default, bool keepAxes = false, DType? dtype = null) => Accumulator(dtype).Reduce(ReduceKind.Sum, axes, keepAxes);

    /// <summary>Π over axes.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <param name="dtype">To which the elements are cast first, and that of the result. By default int64 for bool and signed integers, uint64 for unsigned ones, else the tensor's own.</param>
    public Tensor Prod(ReadOnlySpan<int> axes = default, bool keepAxes = false, DType? dtype = null)
    {
        Tensor x = Accumulator(dtype);
        return x.DType.IsComplex ? ComplexProduct.Of(x, AllAxes(axes, "Prod"), keepAxes) : x.Reduce(ReduceKind.Prod, axes, keepAxes);
    }

    /// <summary>The largest over axes; NaN propagates.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor Max(ReadOnlySpan<int> axes = default, bool keepAxes = false) => Reduce(ReduceKind.Max, axes, keepAxes);

    /// <summary>The smallest over axes; NaN propagates.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor Min(ReadOnlySpan<int> axes = default, bool keepAxes = false) => Reduce(ReduceKind.Min, axes, keepAxes);

    /// <summary>Σ / n over axes; floating dtypes. float16 and bfloat16 are summed and divided in float32 and rounded once.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public Tensor Mean(ReadOnlySpan<int> axes = default, bool keepAxes = false)
    {
        if (!DType.RealType.IsFloating)
        {
            throw new DTypeException($"Mean: {DType.Name} has no fractions. Cast to float32 first.");
        }

        if (DType.IsHalf)
        {
            int[] own = axes.ToArray();
            return InSingle(x => x.Mean(own, keepAxes));
        }

        // The count is a run-time parameter: another batch size needs no other kernel.
        Tensor sum = Sum(axes, keepAxes);
        double count = sum.Size == 0 ? 0 : (double)Size / sum.Size;
        return sum / CountOf(count, sum.DType.RealType);
    }

    /// <summary>Σ |x - mean|² / (n - correction) over axes; float16 and bfloat16 in float32, rounded once.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="correction">What is taken from n: 0 for a population, 1 for a sample.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor Var(ReadOnlySpan<int> axes = default, int correction = 0, bool keepAxes = false)
    {
        if (DType.IsHalf)
        {
            int[] own = axes.ToArray();
            return InSingle(x => x.Var(own, correction, keepAxes));
        }

        Tensor centred = this - Mean(axes, keepAxes: true);
        Tensor squares = DType.IsComplex ? (centred.Real * centred.Real) + (centred.Imag * centred.Imag) : centred * centred;
        Tensor sum = squares.Sum(axes, keepAxes: true);
        double count = sum.Size == 0 ? 0 : ((double)Size / sum.Size) - correction;
        Tensor variance = sum / CountOf(count, sum.DType);
        if (!DType.IsComplex && Node.IsTraced && Node.Type == variance.Node.Type)
        {
            variance = new Tensor(VarianceRule.Record(variance.Node, Node, centred.Node, AllAxes(axes, "Var"), count));
        }

        return keepAxes ? variance : variance.Reshape(Kept(axes));
    }

    // One node for each number, so that two means of one tensor are seen to be one.
    static Tensor CountOf(double count, DType type) => new(KnownCounts.GetOrAdd((count, type), key => Scalar(key.Count, key.Type).Node));

    /// <summary>√ of <see cref="Var"/>: the standard deviation over axes.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="correction">What is taken from n: 0 for a population, 1 for a sample.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor Std(ReadOnlySpan<int> axes = default, int correction = 0, bool keepAxes = false) => Var(axes, correction, keepAxes).Sqrt();

    /// <summary>ln Σ eˣ over axes, without overflow; -∞ where every element is -∞.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor LogSumExp(ReadOnlySpan<int> axes = default, bool keepAxes = false)
    {
        // An infinite largest element is not subtracted: ∞ - ∞ would be NaN.
        Tensor largest = Max(axes, keepAxes: true).StopGradient();
        Tensor max = Where(largest.Abs() < double.PositiveInfinity, largest, ZerosLike(largest));
        Tensor log = (this - max).Exp().Sum(axes, keepAxes: true).Log() + max;
        return keepAxes ? log : log.Reshape(Kept(axes));
    }

    /// <summary>The index of the largest element along an axis, which disappears; int64. Ties take the lowest index, the first NaN wins.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="keepAxes">Whether the axis stays with extent 1.</param>
    /// <exception cref="ShapeException">The axis does not exist or has no elements.</exception>
    public Tensor ArgMax(int axis, bool keepAxes = false)
    {
        var index = new Tensor(Op.ArgReduce(RealNode(), ReduceKind.Max, Shape.Axis(axis, "ArgMax")));
        return keepAxes ? index.Unsqueeze(Shape.Axis(axis, "ArgMax")) : index;
    }

    /// <summary>The index of the largest element of all in row-major order, []; int64. Ties take the lowest index, the first NaN wins.</summary>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public Tensor ArgMax() => Reshape(Size).ArgMax(0);

    /// <summary>The index of the smallest element along an axis, which disappears; int64. Ties take the lowest index, the first NaN wins.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="keepAxes">Whether the axis stays with extent 1.</param>
    /// <exception cref="ShapeException">The axis does not exist or has no elements.</exception>
    public Tensor ArgMin(int axis, bool keepAxes = false)
    {
        var index = new Tensor(Op.ArgReduce(RealNode(), ReduceKind.Min, Shape.Axis(axis, "ArgMin")));
        return keepAxes ? index.Unsqueeze(Shape.Axis(axis, "ArgMin")) : index;
    }

    /// <summary>The index of the smallest element of all in row-major order, []; int64. Ties take the lowest index, the first NaN wins.</summary>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public Tensor ArgMin() => Reshape(Size).ArgMin(0);

    Tensor Reduce(ReduceKind kind, ReadOnlySpan<int> axes, bool keepAxes)
    {
        int[] all = AllAxes(axes, kind.ToString());
        if (DType.IsComplex)
        {
            return kind == ReduceKind.Sum ? Complex(Real.Sum(all, keepAxes), Imag.Sum(all, keepAxes)) : throw ComplexParts.Refusal(kind.ToString(), this);
        }

        Node reduced = Op.Reduce(Node, kind, all);
        if (!keepAxes)
        {
            return new Tensor(reduced);
        }

        int[] extents = [.. Shape];
        foreach (int axis in all)
        {
            extents[axis] = 1;
        }

        return new Tensor(Op.Reshape(reduced, extents));
    }

    int[] Kept(ReadOnlySpan<int> axes)
    {
        int[] all = AllAxes(axes, "LogSumExp");
        return [.. Enumerable.Range(0, Rank).Where(axis => !all.Contains(axis)).Select(axis => Shape[axis])];
    }

    int[] AllAxes(ReadOnlySpan<int> axes, string operation)
    {
        if (axes.IsEmpty)
        {
            return [.. Enumerable.Range(0, Rank)];
        }

        var all = new int[axes.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = Shape.Axis(axes[i], operation);
        }

        return all.Distinct().Count() == all.Length
            ? all
            : throw new ShapeException($"{operation}: axes [{string.Join(", ", axes.ToArray())}] of {Shape} name one twice. Name each axis once.");
    }
}
