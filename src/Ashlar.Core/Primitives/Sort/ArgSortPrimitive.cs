using Ashlar.Ir;
using Ashlar.Primitives.Scan;
using Ashlar.Reference;

namespace Ashlar.Primitives.Sort;

/// <summary>The indices that sort an axis → int64. Stable: equal elements keep their order; -0 equals +0; NaN comes last, ascending and descending.</summary>
public sealed class ArgSortPrimitive : Primitive
{
    ArgSortPrimitive()
        : base("ArgSort")
    {
    }

    /// <summary>The one instance.</summary>
    public static ArgSortPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "TopK";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var a = (SortAttributes)attributes!;
        Shape from = inputs[0].Shape;
        int axis = from.Axis(a.Axis, "ArgSort");
        Op.RequireCarrier("ArgSort", inputs[0].Type);
        return a.Count >= 0 && a.Count <= from[axis]
            ? (new Shape([.. from.Extents[..axis], a.Count, .. from.Extents[(axis + 1)..]]), DType.Int64)
            : throw new ShapeException($"ArgSort: {a.Count} elements are wanted of axis {axis} of {from}. Ask for 0 to {from[axis]}.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [null];

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
        IEnumerator<int[]> targets = ScanOrder.Lines(result.Shape, a.Axis, reverse: false).GetEnumerator();
        foreach (int[] line in ScanOrder.Lines(x.Shape, a.Axis, reverse: false))
        {
            targets.MoveNext();
            ulong[] keys = Array.ConvertAll(line, place => a.Descending ? SortKey.Descending(x.Type, (ulong)x[place]) : SortKey.Ascending(x.Type, (ulong)x[place]));
            int[] order = [.. Enumerable.Range(0, line.Length).OrderBy(i => keys[i])];
            for (int i = 0; i < a.Count; i++)
            {
                result[targets.Current[i]] = order[i];
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 8L * node.Inputs[0].Shape.Size;
}
