using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Scan;

/// <summary>Running sums, products, maxima or minima along an axis: y₀ = x₀, yⱼ = yⱼ₋₁ ⊕ xⱼ, one after the other.</summary>
public sealed class ScanPrimitive : Primitive
{
    ScanPrimitive()
        : base("Scan")
    {
    }

    /// <summary>The one instance.</summary>
    public static ScanPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "CumSum";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var a = (ScanAttributes)attributes!;
        (Shape shape, DType type) = (inputs[0].Shape, inputs[0].Type);
        shape.Axis(a.Axis, "Scan");
        Op.RequireCarrier("Scan", type);
        return type is DType.Bool or DType.UInt8 && a.Kind is ReduceKind.Sum or ReduceKind.Prod
            ? throw new DTypeException($"Scan: {a.Kind} of {type.Name} would overflow at once. Cast to int32 or int64 first.")
            : (shape, type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var a = (ScanAttributes)node.Attributes!;
        Node x = node.Inputs[0];
        switch (a.Kind)
        {
            case ReduceKind.Sum:
                return [Op.Scan(cotangent, ReduceKind.Sum, a.Axis, !a.Reverse)];
            case ReduceKind.Prod:
                // What stands behind xᵢ is a recurrence in the other direction: Rᵢ = gᵢ + xᵢ₊₁ Rᵢ₊₁. No division, so zeros are exact.
                Node rest = Op.Recurrence(Op.Follow(x, a.Axis, !a.Reverse, 0), cotangent, a.Axis, !a.Reverse);
                return [Op.Multiply(Op.Follow(node, a.Axis, a.Reverse, 1), rest)];
            default:
                return [Op.ScatterAlong(Index.ScatterKind.Add, null, Op.ArgScan(x, node, a), cotangent, a.Axis, x.Shape[a.Axis])];
        }
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var a = (ScanAttributes)node.Attributes!;
        return new Node(this, inputs, new ScanAttributes(a.Kind, a.Axis + 1, a.Reverse));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var a = (ScanAttributes)node.Attributes!;
        MapPrimitive map = a.Kind switch
        {
            ReduceKind.Sum => ArithmeticMaps.Add,
            ReduceKind.Prod => ArithmeticMaps.Multiply,
            ReduceKind.Max => ArithmeticMaps.Maximum,
            _ => ArithmeticMaps.Minimum,
        };
        ScalarProgram combine = map.Program([result.Type, result.Type], null);
        var values = new long[combine.Instructions.Length];
        var combined = new long[1];
        foreach (int[] line in ScanOrder.Lines(result.Shape, a.Axis, a.Reverse))
        {
            for (int j = 0; j < line.Length; j++)
            {
                combined[0] = inputs[0][line[j]];
                if (j > 0)
                {
                    ScalarInterpreter.Evaluate(combine, [result[line[j - 1]], inputs[0][line[j]]], combined, values);
                }

                result[line[j]] = combined[0];
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size;
}
