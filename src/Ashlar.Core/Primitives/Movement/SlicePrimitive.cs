using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>Regularly spaced elements of each axis.</summary>
public sealed class SlicePrimitive : Primitive
{
    SlicePrimitive()
        : base("Slice")
    {
    }

    /// <summary>The one instance.</summary>
    public static SlicePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Slice";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var slice = (SliceAttributes)attributes!;
        Shape from = inputs[0].Shape;
        bool fits = slice.Starts.Length == from.Rank && slice.Extents.Length == from.Rank && slice.Steps.Length == from.Rank;
        for (int axis = 0; fits && axis < from.Rank; axis++)
        {
            int last = slice.Starts[axis] + ((slice.Extents[axis] - 1) * slice.Steps[axis]);
            fits = slice.Steps[axis] != 0 && slice.Extents[axis] >= 0
                && (slice.Extents[axis] == 0 || ((uint)slice.Starts[axis] < (uint)from[axis] && (uint)last < (uint)from[axis]));
        }

        return fits
            ? (new Shape(slice.Extents), inputs[0].Type)
            : throw new ShapeException($"Slice: {slice} leaves {from}. Every element taken must lie inside, and no step may be 0.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var slice = (SliceAttributes)node.Attributes!;
        Shape from = node.Inputs[0].Shape;
        int rank = from.Rank;
        var low = new int[rank];
        var high = new int[rank];
        var inner = new int[rank];
        Node forward = Op.FlipAxesWithNegativeStep(cotangent, slice.Steps);
        for (int axis = 0; axis < rank; axis++)
        {
            int extent = slice.Extents[axis];
            int step = Math.Abs(slice.Steps[axis]);
            int last = slice.Starts[axis] + ((extent - 1) * slice.Steps[axis]);
            low[axis] = extent == 0 ? 0 : Math.Min(slice.Starts[axis], last);
            inner[axis] = step - 1;
            high[axis] = from[axis] - low[axis] - (extent == 0 ? 0 : ((extent - 1) * step) + 1);
        }

        return [Op.Pad(forward, low, high, inner, 0)];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var slice = (SliceAttributes)node.Attributes!;
        return Op.Slice(inputs[0], [0, .. slice.Starts], [inputs[0].Shape[0], .. slice.Extents], [1, .. slice.Steps]);
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var slice = (SliceAttributes)node.Attributes!;
        int[] from = inputs[0].Shape.Strides();
        foreach ((int place, int[] at) in Coordinates.Of(result.Shape))
        {
            int source = 0;
            for (int axis = 0; axis < from.Length; axis++)
            {
                source += (slice.Starts[axis] + (at[axis] * slice.Steps[axis])) * from[axis];
            }

            result[place] = inputs[0][source];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
