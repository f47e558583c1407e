using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Scan;

/// <summary>The linear recurrence h₀ = b₀, hⱼ = aⱼ·hⱼ₋₁ + bⱼ along an axis, two roundings at each step; a₀ is not read.</summary>
public sealed class RecurrencePrimitive : Primitive
{
    RecurrencePrimitive()
        : base("Recurrence")
    {
    }

    /// <summary>The one instance.</summary>
    public static RecurrencePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        (Node a, Node b) = (inputs[0], inputs[1]);
        if (!a.Shape.Equals(b.Shape) || a.Type != b.Type)
        {
            throw new ShapeException($"Recurrence: factors {a.Type.Name}{a.Shape} and terms {b.Type.Name}{b.Shape} differ. Make shape and dtype equal.");
        }

        Op.RequireCarrier("Recurrence", a.Type);
        a.Shape.Axis(((ScanAttributes)attributes!).Axis, "Recurrence");
        return a.Type is DType.Bool or DType.UInt8
            ? throw new DTypeException($"Recurrence: {a.Type.Name} would overflow at once. Cast to int32 or int64 first.")
            : (a.Shape, a.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var s = (ScanAttributes)node.Attributes!;
        Node adjoint = Op.Recurrence(Op.Follow(node.Inputs[0], s.Axis, !s.Reverse, 0), cotangent, s.Axis, !s.Reverse);
        return [Op.Multiply(adjoint, Op.Follow(node, s.Axis, s.Reverse, 0)), adjoint];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var s = (ScanAttributes)node.Attributes!;
        return new Node(this, Batching.BatchAll(inputs, batched), new ScanAttributes(s.Kind, s.Axis + 1, s.Reverse));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var s = (ScanAttributes)node.Attributes!;
        ScalarProgram multiply = ArithmeticMaps.Multiply.Program([result.Type, result.Type], null);
        ScalarProgram add = ArithmeticMaps.Add.Program([result.Type, result.Type], null);
        var values = new long[Math.Max(add.Instructions.Length, multiply.Instructions.Length)];
        var output = new long[1];
        foreach (int[] line in ScanOrder.Lines(result.Shape, s.Axis, s.Reverse))
        {
            for (int j = 0; j < line.Length; j++)
            {
                output[0] = inputs[1][line[j]];
                if (j > 0)
                {
                    ScalarInterpreter.Evaluate(multiply, [inputs[0][line[j]], result[line[j - 1]]], output, values);
                    ScalarInterpreter.Evaluate(add, [output[0], inputs[1][line[j]]], output, values);
                }

                result[line[j]] = output[0];
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 2L * node.Shape.Size;
}
