using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>The operands one after the other along an axis.</summary>
public sealed class ConcatPrimitive : Primitive
{
    ConcatPrimitive()
        : base("Concat")
    {
    }

    /// <summary>The one instance.</summary>
    public static ConcatPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Region;

    /// <inheritdoc/>
    public override string? OnnxName => "Concat";

    /// <summary>The axis of a node of this primitive.</summary>
    public static int AxisOf(Node node) => ((Axes)node.Attributes!).Values[0];

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Shape first = inputs[0].Shape;
        int axis = first.Axis(((Axes)attributes!).Values[0], "Concat");
        int[] extents = [.. first];
        for (int i = 1; i < inputs.Length; i++)
        {
            Shape next = inputs[i].Shape;
            if (inputs[i].Type != inputs[0].Type)
            {
                throw new DTypeException($"Concat: operand 0 is {inputs[0].Type.Name}{first}, operand {i} is {inputs[i].Type.Name}{next}. Cast them to one dtype first.");
            }

            bool fits = next.Rank == first.Rank;
            for (int other = 0; fits && other < first.Rank; other++)
            {
                fits = other == axis || next[other] == first[other];
            }

            if (!fits)
            {
                throw new ShapeException($"Concat: operand 0 is {first}, operand {i} is {next}: they do not join along axis {axis}. All other extents must be equal.");
            }

            extents[axis] += next[axis];
        }

        return (new Shape(extents), inputs[0].Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        int axis = AxisOf(node);
        var parts = new Node?[node.Inputs.Length];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            Shape shape = node.Inputs[i].Shape;
            var starts = new int[shape.Rank];
            starts[axis] = start;
            parts[i] = Op.Slice(cotangent, starts, shape.Extents, Op.Ones(shape.Rank));
            start += shape[axis];
        }

        return parts;
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        Op.Concat(Batching.BatchAll(inputs, batched), AxisOf(node) + 1);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        int axis = AxisOf(node);
        int[] to = result.Shape.Strides();
        int start = 0;
        foreach (HostArray input in inputs)
        {
            foreach ((int place, int[] at) in Coordinates.Of(input.Shape))
            {
                int target = start * to[axis];
                for (int other = 0; other < to.Length; other++)
                {
                    target += at[other] * to[other];
                }

                result[target] = input[place];
            }

            start += input.Shape[axis];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
