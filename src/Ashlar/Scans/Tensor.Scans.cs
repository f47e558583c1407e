using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Running results along an axis. They are combined one after the other: y₀ = x₀, yⱼ = yⱼ₋₁ ⊕ xⱼ, so the bits depend on nothing else.</content>
public sealed partial class Tensor
{
    /// <summary>Running sums. bool and integers below 32 bits become int64.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="reverse">Whether the walk begins at the end.</param>
    /// <param name="exclusive">Whether an element's own value is left out: the first result is 0.</param>
    public Tensor CumSum(int axis, bool reverse = false, bool exclusive = false) => Scan(Wide(), "CumSum", ReduceKind.Sum, axis, reverse, exclusive, 0);

    /// <summary>Running products. bool and integers below 32 bits become int64. The gradient is exact with zeros.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="reverse">Whether the walk begins at the end.</param>
    /// <param name="exclusive">Whether an element's own value is left out: the first result is 1.</param>
    public Tensor CumProd(int axis, bool reverse = false, bool exclusive = false) => Scan(Wide(), "CumProd", ReduceKind.Prod, axis, reverse, exclusive, 1);

    /// <summary>Running maxima; NaN propagates. The gradient goes to the element that reached the maximum first.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="reverse">Whether the walk begins at the end.</param>
    /// <param name="exclusive">Whether an element's own value is left out: the first result is -∞ or the least integer.</param>
    public Tensor CumMax(int axis, bool reverse = false, bool exclusive = false) => Scan(this, "CumMax", ReduceKind.Max, axis, reverse, exclusive, double.NegativeInfinity);

    /// <summary>Running minima; NaN propagates. The gradient goes to the element that reached the minimum first.</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="reverse">Whether the walk begins at the end.</param>
    /// <param name="exclusive">Whether an element's own value is left out: the first result is +∞ or the largest integer.</param>
    public Tensor CumMin(int axis, bool reverse = false, bool exclusive = false) => Scan(this, "CumMin", ReduceKind.Min, axis, reverse, exclusive, double.PositiveInfinity);

    /// <summary>Running ln Σ eˣ, without overflow, in log₂ n steps of doubling reach (Hillis and Steele 1986).</summary>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="reverse">Whether the walk begins at the end.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public Tensor LogCumSumExp(int axis, bool reverse = false)
    {
        int place = Shape.Axis(axis, "LogCumSumExp");
        if (!DType.IsFloating)
        {
            throw new DTypeException($"LogCumSumExp: {DType.Name} has no fractions. Cast to float32 first.");
        }

        Tensor sums = this;
        var low = new int[Rank];
        var high = new int[Rank];
        for (int reach = 1; reach < Shape[place]; reach *= 2)
        {
            (low[place], high[place]) = reverse ? (0, reach) : (reach, 0);
            Tensor others = sums.Slice(place, reverse ? reach : 0, Shape[place] - reach).Pad(low, high, double.NegativeInfinity);

            // Equal infinities have no difference, and what is equal needs none.
            Tensor max = Maximum(sums, others);
            Tensor gap = Where(sums.EqualTo(others), ZerosLike(sums), Minimum(sums, others) - max);
            sums = max + gap.Exp().Log1p();
            sums = Where(max.EqualTo(FullLike(max, double.NegativeInfinity)), max, sums);
        }

        return sums;
    }

    /// <summary>The linear recurrence h₀ = b₀, hⱼ = aⱼ·hⱼ₋₁ + bⱼ along an axis: exponential averages, discounted sums, state-space layers. Both broadcast and promote.</summary>
    /// <param name="factors">a; the first along the axis is not read.</param>
    /// <param name="terms">b.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="reverse">Whether the walk begins at the end: hⱼ = aⱼ·hⱼ₊₁ + bⱼ.</param>
    public static Tensor Recurrence(Tensor factors, Tensor terms, int axis, bool reverse = false)
    {
        DType type = DTypeFacts.Promote(factors.DType, terms.DType);
        Shape shape = Shape.Broadcast(factors.Shape, terms.Shape, "Recurrence");
        Node a = Op.Broadcast(Op.Cast(factors.RealNode(), type), shape);
        return new Tensor(Op.Recurrence(a, Op.Broadcast(Op.Cast(terms.RealNode(), type), shape), shape.Axis(axis, "Recurrence"), reverse));
    }

    /// <summary>Differences of neighbours along an axis, which grows shorter by one each time; of bool whether they differ.</summary>
    /// <param name="count">How many times, ≥ 0.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public Tensor Diff(int count = 1, int axis = -1)
    {
        int place = Shape.Axis(axis, "Diff");
        if (count < 0)
        {
            throw new ArgumentException($"Diff: {count} differences are wanted. Ask for 0 or more.", nameof(count));
        }

        Tensor difference = this;
        for (; count > 0; count--)
        {
            int pairs = Math.Max(0, difference.Shape[place] - 1);
            Tensor later = difference.Slice(place, Math.Min(1, difference.Shape[place]), pairs);
            Tensor earlier = difference.Slice(place, 0, pairs);
            difference = DType == DType.Bool ? later ^ earlier : later - earlier;
        }

        return difference;
    }

    static Tensor Scan(Tensor x, string operation, ReduceKind kind, int axis, bool reverse, bool exclusive, double first)
    {
        int place = x.Shape.Axis(axis, operation);
        Node scanned = Op.Scan(x.RealNode(operation), kind, place, reverse);
        return new Tensor(exclusive ? Op.Follow(scanned, place, reverse, first) : scanned);
    }

    // The dtype in which counts and sums of narrow integers have room.
    Tensor Wide() => DType == DType.Bool || (DType.IsInteger && DType.ItemSize < 4) ? To(DType.Int64) : this;
}
