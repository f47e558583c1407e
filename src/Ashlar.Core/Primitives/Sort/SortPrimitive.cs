using Ashlar.Ir;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Scan;
using Ashlar.Reference;

namespace Ashlar.Primitives.Sort;

/// <summary>The elements of an axis in order: what <see cref="ArgSortPrimitive"/> picks, without the indices. Stable, so that -0 and +0, which are equal, keep their order, and NaN theirs at the end.</summary>
public sealed class SortPrimitive : Primitive
{
    SortPrimitive()
        : base("Sort")
    {
    }

    /// <summary>The one instance.</summary>
    public static SortPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "TopK";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var a = (SortAttributes)attributes!;
        Shape shape = inputs[0].Shape;
        int axis = shape.Axis(a.Axis, "Sort");
        Op.RequireCarrier("Sort", inputs[0].Type);
        return a.Count == shape[axis]
            ? (shape, inputs[0].Type)
            : throw new ShapeException($"Sort: {a.Count} elements are wanted of axis {axis} of {shape}. Ask for all {shape[axis]}, or pick with ArgSort.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var a = (SortAttributes)node.Attributes!;
        Node order = Op.ArgSort(node.Inputs[0], a.Axis, a.Descending, a.Count);
        return [Op.ScatterAlong(ScatterKind.Add, null, order, cotangent, a.Axis, a.Count)];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var a = (SortAttributes)node.Attributes!;
        return new Node(this, inputs, new SortAttributes(a.Axis + 1, a.Descending, a.Count));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var a = (SortAttributes)node.Attributes!;
        HostArray x = inputs[0];
        foreach (int[] line in ScanOrder.Lines(x.Shape, a.Axis, reverse: false))
        {
            int[] order = [.. line.OrderBy(place => a.Descending ? SortKey.Descending(x.Type, (ulong)x[place]) : SortKey.Ascending(x.Type, (ulong)x[place]))];
            for (int i = 0; i < line.Length; i++)
            {
                result[line[i]] = x[order[i]];
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 8L * node.Inputs[0].Shape.Size;
}
