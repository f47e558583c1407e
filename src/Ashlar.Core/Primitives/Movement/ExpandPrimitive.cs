using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>Repeats axes of extent 1; the rank stays.</summary>
public sealed class ExpandPrimitive : Primitive
{
    ExpandPrimitive()
        : base("Expand")
    {
    }

    /// <summary>The one instance.</summary>
    public static ExpandPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Expand";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var shape = new Shape(((Axes)attributes!).Values);
        Shape from = inputs[0].Shape;
        bool fits = shape.Rank == from.Rank;
        for (int axis = 0; fits && axis < shape.Rank; axis++)
        {
            fits = from[axis] == shape[axis] || from[axis] == 1;
        }

        return fits
            ? (shape, inputs[0].Type)
            : throw new ShapeException($"Expand: {from} does not expand to {shape}. Only axes of extent 1 repeat, and the ranks must be equal.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        Shape from = node.Inputs[0].Shape;
        var axes = new List<int>();
        for (int axis = 0; axis < from.Rank; axis++)
        {
            if (from[axis] != node.Shape[axis])
            {
                axes.Add(axis);
            }
        }

        return [Op.Reshape(Op.Sum(cotangent, axes.ToArray()), from.Extents)];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        Op.Expand(inputs[0], [inputs[0].Shape[0], .. node.Shape]);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        Shape shape = inputs[0].Shape;
        int[] from = shape.Strides();
        foreach ((int place, int[] at) in Coordinates.Of(result.Shape))
        {
            int source = 0;
            for (int axis = 0; axis < from.Length; axis++)
            {
                source += shape[axis] == 1 ? 0 : at[axis] * from[axis];
            }

            result[place] = inputs[0][source];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
