using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>Elements picked by index: y[batch, outer, picks, inner, trailing] = x[batch, outer, index[batch, picks, trailing]…, inner, trailing].
/// A negative index counts from the end.</summary>
/// <remarks>One rule for rows of a table (one index, inner axes), for picks along an axis (all other axes shared) and for points (several indices).</remarks>
public sealed class GatherPrimitive : Primitive
{
    GatherPrimitive()
        : base("Gather")
    {
    }

    /// <summary>The one instance.</summary>
    public static GatherPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "Gather";

    internal static IndexGeometry Geometry(ReadOnlySpan<Node> inputs, Attributes? attributes) =>
        new("Gather", inputs[0].Shape, inputs[1..], (IndexAttributes)attributes!);

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => (Geometry(inputs, attributes).Picked, inputs[0].Type);

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var a = (IndexAttributes)node.Attributes!;
        var gradients = new Node?[node.Inputs.Length];
        var sum = new ScatterAttributes(ScatterKind.Add, false, node.Inputs[0].Shape, a.Axis, a.Batch, a.Trailing);
        gradients[0] = Op.Scatter(null, node.Inputs[1..], cotangent, sum);
        return gradients;
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var a = (IndexAttributes)node.Attributes!;
        bool indices = batched[1..].Contains(true);
        if (!indices && a.Batch == 0)
        {
            // The batch is one more outer axis: the indices are read as they are.
            return new Node(this, inputs, new IndexAttributes(a.Axis + 1, 0, a.Trailing));
        }

        if (!batched[0] && a.Batch == 0 && a.Trailing == 0)
        {
            // The batch is one more axis of picks: x is read as it is.
            Node picked = new(this, [inputs[0], .. Batching.BatchAll(inputs[1..], batched[1..])], a);
            return Op.Permute(picked, [a.Axis, .. Enumerable.Range(0, a.Axis), .. Enumerable.Range(a.Axis + 1, picked.Shape.Rank - a.Axis - 1)]);
        }

        return new Node(this, Batching.BatchAll(inputs, batched), new IndexAttributes(a.Axis + 1, a.Batch + 1, a.Trailing));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        IndexGeometry g = Geometry(node.Inputs, node.Attributes);
        int to = 0;
        for (int row = 0; row < g.Batch * g.Outer; row++)
        {
            for (int p = 0; p < g.Picks; p++)
            {
                for (int c = 0; c < g.Inner * g.Trailing; c++)
                {
                    int at = (((row / g.Outer * g.Picks) + p) * g.Trailing) + (c % g.Trailing);
                    int place = 0;
                    for (int k = 1; k < inputs.Length; k++)
                    {
                        place += g.Place(k - 1, IndexRules.Value(inputs[k], at));
                    }

                    result[to++] = inputs[0][(((row * g.Indexed) + place) * g.Inner * g.Trailing) + c];
                }
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size;
}
