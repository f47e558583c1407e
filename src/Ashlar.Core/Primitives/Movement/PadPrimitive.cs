using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>Surrounds and spreads the elements with one value.</summary>
public sealed class PadPrimitive : Primitive
{
    PadPrimitive()
        : base("Pad")
    {
    }

    /// <summary>The one instance.</summary>
    public static PadPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Region;

    /// <inheritdoc/>
    public override string? OnnxName => "Pad";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var pad = (PadAttributes)attributes!;
        Shape from = inputs[0].Shape;
        bool fits = pad.Low.Length == from.Rank && pad.High.Length == from.Rank && pad.Inner.Length == from.Rank;
        var extents = new int[from.Rank];
        for (int axis = 0; fits && axis < from.Rank; axis++)
        {
            fits = pad.Low[axis] >= 0 && pad.High[axis] >= 0 && pad.Inner[axis] >= 0;
            extents[axis] = pad.Low[axis] + pad.High[axis] + from[axis] + (Math.Max(0, from[axis] - 1) * pad.Inner[axis]);
        }

        return fits
            ? (new Shape(extents), inputs[0].Type)
            : throw new ShapeException($"Pad: {pad} does not fit {from}. Give one number ≥ 0 for each axis.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var pad = (PadAttributes)node.Attributes!;
        int[] steps = pad.Inner.ToArray();
        for (int axis = 0; axis < steps.Length; axis++)
        {
            steps[axis]++;
        }

        return [Op.Slice(cotangent, pad.Low, node.Inputs[0].Shape.Extents, steps)];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var pad = (PadAttributes)node.Attributes!;
        return new Node(this, [inputs[0]], new PadAttributes([0, .. pad.Low], [0, .. pad.High], [0, .. pad.Inner], pad.Bits));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var pad = (PadAttributes)node.Attributes!;
        for (int i = 0; i < result.Shape.Size; i++)
        {
            result[i] = pad.Bits;
        }

        int[] to = result.Shape.Strides();
        foreach ((int place, int[] at) in Coordinates.Of(inputs[0].Shape))
        {
            int target = 0;
            for (int axis = 0; axis < to.Length; axis++)
            {
                target += (pad.Low[axis] + (at[axis] * (pad.Inner[axis] + 1))) * to[axis];
            }

            result[target] = inputs[0][place];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size;
}
