using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Sort;

/// <summary>Where values would go into sorted elements: for each value, by bisection, the number of elements that are smaller, or with right = 1 smaller or equal → int64.
/// Along the last axis; all axes before it are equal.</summary>
public sealed class SearchSortedPrimitive : Primitive
{
    SearchSortedPrimitive()
        : base("SearchSorted")
    {
    }

    /// <summary>The one instance.</summary>
    public static SearchSortedPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        (Node sorted, Node values) = (inputs[0], inputs[1]);
        if (sorted.Type != values.Type)
        {
            throw new DTypeException($"SearchSorted: elements are {sorted.Type.Name}, values {values.Type.Name}. Cast them to one dtype.");
        }

        Op.RequireCarrier("SearchSorted", sorted.Type);
        int rank = sorted.Shape.Rank;
        return rank > 0 && values.Shape.Rank == rank && sorted.Shape.Extents[..^1].SequenceEqual(values.Shape.Extents[..^1])
            ? (values.Shape, DType.Int64)
            : throw new ShapeException($"SearchSorted: {sorted.Shape} and values {values.Shape} differ before the last axis. Make all axes but the last equal.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [null, null];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, Batching.BatchAll(inputs, batched), node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        bool right = IsRight(node.Attributes);
        (int count, int values) = (inputs[0].Shape[^1], inputs[1].Shape[^1]);
        for (int i = 0; i < result.Shape.Size; i++)
        {
            ulong value = SortKey.Ascending(inputs[1].Type, (ulong)inputs[1][i]);
            (int low, int high) = (0, count);
            while (low < high)
            {
                int middle = (low + high) / 2;
                ulong key = SortKey.Ascending(inputs[0].Type, (ulong)inputs[0][(i / values * count) + middle]);
                (low, high) = key < value || (right && key == value) ? (middle + 1, high) : (low, middle);
            }

            result[i] = low;
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size * (1L + System.Numerics.BitOperations.Log2((uint)node.Inputs[0].Shape[^1] | 1));

    internal static bool IsRight(Attributes? attributes) => ((Axes)attributes!).Values[0] != 0;
}
