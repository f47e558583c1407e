using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;

namespace Ashlar;

/// <content>Counts and questions about all elements.</content>
public sealed partial class Tensor
{
    /// <summary>Whether any element over axes is not 0 → bool; over no elements false.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor Any(ReadOnlySpan<int> axes = default, bool keepAxes = false) => Truth().Max(axes, keepAxes);

    /// <summary>Whether every element over axes is not 0 → bool; over no elements true.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor All(ReadOnlySpan<int> axes = default, bool keepAxes = false) => Truth().Min(axes, keepAxes);

    /// <summary>The number of elements over axes that are not 0; int64.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor CountNonzero(ReadOnlySpan<int> axes = default, bool keepAxes = false) => Truth().To(DType.Int64).Sum(axes, keepAxes);

    /// <summary>How often each of 0, 1, … occurs, or the sum of its weights; int64, or the dtype of the weights.</summary>
    /// <param name="weights">One for each element, of its shape, or null for 1.</param>
    /// <param name="length">Extent of the result, which the elements must not reach; null evaluates the largest element.</param>
    /// <exception cref="ArgumentException">An element is negative, or reaches the length.</exception>
    /// <exception cref="DTypeException">The elements are no integers.</exception>
    /// <exception cref="ShapeException">The weights have another shape.</exception>
    public Tensor Bincount(Tensor? weights = null, int? length = null)
    {
        if (!DType.IsInteger)
        {
            throw new DTypeException($"Bincount: the elements are {DType.Name}. Cast them to int32 or int64.");
        }

        if (weights is not null && !weights.Shape.Equals(Shape))
        {
            throw new ShapeException($"Bincount: weights {weights.Shape} for {Shape}. Give one for each element.");
        }

        Tensor flat = Reshape(Size).To(DType.Int64);
        if (length is null)
        {
            length = 0;
            if (Size > 0)
            {
                (Tensor least, Tensor largest) = (flat.Min(), flat.Max());
                Eval(least, largest);
                length = least.Item<long>() >= 0 ? checked((int)(largest.Item<long>() + 1))
                    : throw new ArgumentException($"Bincount: the element {least.Item<long>()} is negative. Shift the elements to 0 or more.");
            }
        }

        // A negative element must not count from the end: it is sent outside, where the scatter refuses it.
        Tensor places = Where(flat < 0, Scalar(length.Value, DType.Int64), flat);
        Node ones = (weights?.Reshape(Size) ?? Ones(flat.Shape, DType.Int64)).RealNode();
        return new Tensor(Op.ScatterAlong(ScatterKind.Add, null, places.Node, ones, 0, length.Value));
    }

    /// <summary>How many elements fall into each bin, and the edges of the bins. A bin holds its lower edge, the last also its upper one; elements outside and NaN are not counted.</summary>
    /// <param name="bins">Number of bins of equal width, ≥ 1.</param>
    /// <param name="range">Lower and upper end; null evaluates the least and the largest element.</param>
    /// <param name="weights">One for each element, of its shape, or null for 1.</param>
    /// <returns>Counts [bins], int64 or the dtype of the weights; edges [bins + 1], float64 for a float64 tensor, else float32.</returns>
    /// <exception cref="ArgumentException">There is no bin, or the ends of the range are not finite or in descending order.</exception>
    public (Tensor Counts, Tensor Edges) Histogram(int bins = 10, (double Low, double High)? range = null, Tensor? weights = null)
    {
        (double low, double high) = range ?? Ends();
        if (bins < 1 || !double.IsFinite(low) || !double.IsFinite(high) || low > high)
        {
            throw new ArgumentException($"Histogram: {bins} bins from {low} to {high}. Give at least one bin, and a finite range in ascending order.");
        }

        if (low == high)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        Tensor edges = LinSpace(low, high, bins + 1, type: DType == DType.Float64 ? DType.Float64 : DType.Float32);
        return (Histogram(edges, weights), edges);
    }

    /// <summary>How many elements fall into each of the bins between ascending edges. A bin holds its lower edge, the last also its upper one; elements outside and NaN are not counted.</summary>
    /// <param name="edges">Ascending vector of at least 2.</param>
    /// <param name="weights">One for each element, of its shape, or null for 1.</param>
    /// <returns>[edges - 1], int64 or the dtype of the weights.</returns>
    /// <exception cref="ShapeException">There are fewer than 2 edges, or the weights have another shape.</exception>
    public Tensor Histogram(Tensor edges, Tensor? weights = null)
    {
        if (edges.Rank != 1 || edges.Size < 2)
        {
            throw new ShapeException($"Histogram: edges {edges.Shape} bound no bin. Give a vector of 2 or more.");
        }

        if (weights is not null && !weights.Shape.Equals(Shape))
        {
            throw new ShapeException($"Histogram: weights {weights.Shape} for {Shape}. Give one for each element.");
        }

        int bins = edges.Size - 1;
        Tensor x = Reshape(Size);
        Tensor bin = edges.SearchSorted(x, right: true) - 1;
        bin = Where(x.EqualTo(edges.Slice(0, bins, 1)), Scalar(bins - 1, DType.Int64), bin);

        // What is outside goes to a bin of its own behind the others.
        bin = Where((bin < 0) | (bin >= bins) | x.NotEqualTo(x), Scalar(bins, DType.Int64), bin);
        return bin.Bincount(weights?.Reshape(Size), bins + 1).Slice(0, 0, bins);
    }

    (double Low, double High) Ends()
    {
        if (Size == 0)
        {
            return (0, 1);
        }

        Tensor ends = Stack([Min(), Max()]).To(DType.Float64);
        double[] values = ends.ToArray<double>();
        return (values[0], values[1]);
    }
}
