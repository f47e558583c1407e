using Ashlar.Ir;
using Ashlar.Primitives.Index;

namespace Ashlar.Primitives;

/// <content>Elements read and written by index. Negative indices count from the end.</content>
public static partial class Op
{
    /// <summary>y[…, j] = x[…, index[…, j]].</summary>
    public static Node Gather(Node x, Node index) => GatherAlong(x, index, x.Shape.Rank - 1);

    /// <summary>y[…, j, …] = x[…, index[…, j, …], …]: picks along an axis, all other axes equal.</summary>
    public static Node GatherAlong(Node x, Node index, int axis) => x.Shape.Rank > 0 && x.Shape.Rank == index.Shape.Rank
        ? new(GatherPrimitive.Instance, [x, Index(index)], new IndexAttributes(axis, axis, x.Shape.Rank - axis - 1))
        : throw new ShapeException($"Gather: {x.Shape} and indices {index.Shape} have not the same axes. Make all axes but the indexed one equal.");

    /// <summary>Picks along consecutive axes from <paramref name="axis"/> on, one index for each; the axes of the indices take their place.</summary>
    public static Node Take(Node x, ReadOnlySpan<Node> indices, int axis) =>
        new(GatherPrimitive.Instance, [x, .. Indices(indices)], new IndexAttributes(axis, 0, 0));

    /// <summary>y[…, index[…, j]] += updates[…, j] over zeros of extent <paramref name="extent"/>.</summary>
    public static Node ScatterAdd(Node index, Node updates, int extent) =>
        ScatterAlong(ScatterKind.Add, null, index, updates, updates.Shape.Rank - 1, extent);

    /// <summary>y[…, index[…, j, …], …] ⊕= updates[…, j, …] over a base, or over zeros of the extent.</summary>
    public static Node ScatterAlong(ScatterKind kind, Node? into, Node index, Node updates, int axis, int extent)
    {
        int rank = updates.Shape.Rank;
        if (rank == 0 || rank != index.Shape.Rank)
        {
            throw new ShapeException($"Scatter: updates {updates.Shape} and indices {index.Shape} have not the same axes. Give one number for each index.");
        }

        Shape target = new([.. updates.Shape.Extents[..axis], extent, .. updates.Shape.Extents[(axis + 1)..]]);
        return Scatter(into, [index], updates, new ScatterAttributes(kind, into is not null, target, axis, axis, rank - axis - 1));
    }

    /// <summary>Joins updates into places of consecutive axes from <paramref name="axis"/> on, one index for each.</summary>
    public static Node Put(ScatterKind kind, Node into, ReadOnlySpan<Node> indices, Node updates, int axis) =>
        Scatter(into, indices, updates, new ScatterAttributes(kind, true, into.Shape, axis, 0, 0));

    // Setting copies elements of any dtype; what computes goes through the carriers.
    internal static Node Scatter(Node? into, ReadOnlySpan<Node> indices, Node updates, ScatterAttributes attributes)
    {
        DType type = updates.Type;
        bool ordered = attributes.Kind is ScatterKind.Max or ScatterKind.Min;
        bool plain = attributes.Kind == ScatterKind.Set || type is DType.Bool or DType.UInt8;
        Node given = plain ? updates : ToCarrier(updates, ordered);
        Node[] before = into is null ? [] : [plain ? into : ToCarrier(into, ordered)];
        var node = new Node(ScatterPrimitive.Instance, [.. before, .. Indices(indices), given], attributes);
        return plain ? node : FromCarrier(node, type, ordered);
    }

    // Narrow integers become int32; several indices one dtype.
    static Node[] Indices(ReadOnlySpan<Node> indices)
    {
        bool wide = false;
        var converted = new Node[indices.Length];
        for (int i = 0; i < converted.Length; i++)
        {
            converted[i] = Index(indices[i]);
            wide |= converted[i].Type == DType.Int64;
        }

        return wide ? Array.ConvertAll(converted, index => Cast(index, DType.Int64)) : converted;
    }

    static Node Index(Node index) => index.Type.IsInteger
        ? Cast(index, index.Type == DType.Int32 || index.Type.ItemSize < 4 ? DType.Int32 : DType.Int64)
        : throw new DTypeException($"Gather: indices are {index.Type.Name}. Cast them to int32 or int64; for a bool mask use the indexer or MaskedSelect.");
}
