using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Index;

/// <summary>Updates joined into places given by index: y[batch, outer, index[batch, picks, trailing]…, inner, trailing] ⊕= u[batch, outer, picks, inner, trailing]
/// in the order of the picks, over a base or over zeros. A negative index counts from the end.</summary>
/// <remarks>Operands: the base if there is one, the indices, the updates.</remarks>
public sealed class ScatterPrimitive : Primitive
{
    ScatterPrimitive()
        : base("Scatter")
    {
    }

    /// <summary>The one instance.</summary>
    public static ScatterPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "ScatterElements";

    internal static IndexGeometry Geometry(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var a = (ScatterAttributes)attributes!;
        return new IndexGeometry("Scatter", a.Target, inputs[(a.HasBase ? 1 : 0)..^1], a);
    }

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var a = (ScatterAttributes)attributes!;
        Shape picked = Geometry(inputs, attributes).Picked;
        Node updates = inputs[^1];
        if (!updates.Shape.Equals(picked))
        {
            throw new ShapeException($"Scatter: updates {updates.Shape} do not fill the picked places {picked}. Give one number for each.");
        }

        if (a.HasBase && (!inputs[0].Shape.Equals(a.Target) || inputs[0].Type != updates.Type))
        {
            throw new ShapeException($"Scatter: {updates.Type.Name} updates of {a.Target} do not go into {inputs[0].Type.Name}{inputs[0].Shape}. Make shape and dtype equal.");
        }

        if (a.Kind != ScatterKind.Set)
        {
            Op.RequireCarrier("Scatter", updates.Type);
        }

        if (!a.HasBase && a.Kind is not (ScatterKind.Set or ScatterKind.Add))
        {
            throw new ArgumentException($"Scatter: {a.Kind} without a base has nothing to join. Give a base.");
        }

        return updates.Type == DType.Bool && a.Kind is ScatterKind.Add or ScatterKind.Multiply
            ? throw new DTypeException($"Scatter: {a.Kind} of bool is not defined. Cast to an integer dtype, or use Max for or, Min for and.")
            : (a.Target, updates.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => ScatterGradients.Of(node, cotangent);

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var a = (ScatterAttributes)node.Attributes!;
        Shape target = new([Batching.Extent(inputs, batched), .. a.Target]);
        return new Node(this, Batching.BatchAll(inputs, batched), new ScatterAttributes(a.Kind, a.HasBase, target, a.Axis + 1, a.Batch + 1, a.Trailing));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var a = (ScatterAttributes)node.Attributes!;
        IndexGeometry g = Geometry(node.Inputs, node.Attributes);
        if (a.HasBase)
        {
            inputs[0].Bytes.CopyTo(result.Bytes, 0);
        }

        ScalarProgram? join = Join(a.Kind)?.Program([result.Type, result.Type], null);
        var values = new long[join?.Instructions.Length ?? 0];
        var joined = new long[1];
        int from = 0;
        for (int row = 0; row < g.Batch * g.Outer; row++)
        {
            for (int p = 0; p < g.Picks; p++)
            {
                for (int c = 0; c < g.Inner * g.Trailing; c++, from++)
                {
                    int at = (((row / g.Outer * g.Picks) + p) * g.Trailing) + (c % g.Trailing);
                    int place = 0;
                    for (int k = 0; k < g.Extents.Length; k++)
                    {
                        place += g.Place(k, IndexRules.Value(inputs[k + (a.HasBase ? 1 : 0)], at));
                    }

                    int target = (((row * g.Indexed) + place) * g.Inner * g.Trailing) + c;
                    joined[0] = inputs[^1][from];
                    if (join is not null)
                    {
                        ScalarInterpreter.Evaluate(join, [result[target], inputs[^1][from]], joined, values);
                    }

                    result[target] = joined[0];
                }
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Inputs[^1].Shape.Size;

    static MapPrimitive? Join(ScatterKind kind) => kind switch
    {
        ScatterKind.Add => ArithmeticMaps.Add,
        ScatterKind.Multiply => ArithmeticMaps.Multiply,
        ScatterKind.Max => ArithmeticMaps.Maximum,
        ScatterKind.Min => ArithmeticMaps.Minimum,
        _ => null,
    };
}
