using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>The axes in another order: axis i of the result is axis axes[i] of the operand.</summary>
public sealed class PermutePrimitive : Primitive
{
    PermutePrimitive()
        : base("Permute")
    {
    }

    /// <summary>The one instance.</summary>
    public static PermutePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Transpose";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        ReadOnlySpan<int> axes = ((Axes)attributes!).Values;
        Shape from = inputs[0].Shape;
        if (axes.Length != from.Rank)
        {
            throw Refusal(axes, from);
        }

        Span<int> extents = stackalloc int[axes.Length];
        int seen = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = from.Axis(axes[i], "Permute");
            seen |= 1 << axis;
            extents[i] = from[axis];
        }

        return seen == (1 << from.Rank) - 1 ? (new Shape(extents), inputs[0].Type) : throw Refusal(axes, from);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        ReadOnlySpan<int> axes = ((Axes)node.Attributes!).Values;
        var inverse = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            inverse[axes[i]] = i;
        }

        return [Op.Permute(cotangent, inverse)];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        Op.Permute(inputs[0], [0, .. Batching.Shift(((Axes)node.Attributes!).Values)]);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        int[] axes = ((Axes)node.Attributes!).Values.ToArray();
        int[] from = inputs[0].Shape.Strides();
        foreach ((int place, int[] at) in Coordinates.Of(result.Shape))
        {
            int source = 0;
            for (int i = 0; i < axes.Length; i++)
            {
                source += at[i] * from[axes[i]];
            }

            result[place] = inputs[0][source];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;

    static ShapeException Refusal(ReadOnlySpan<int> axes, Shape from) =>
        new($"Permute: axes [{string.Join(", ", axes.ToArray())}] do not name each axis of {from} once. Give a permutation of 0 … {from.Rank - 1}.");
}
