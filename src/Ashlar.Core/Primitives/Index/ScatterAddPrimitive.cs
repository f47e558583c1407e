using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Index;

/// <summary>Sums along the last axis: y starts as zeros and y[…, index[…, j]] += x[…, j] in the order of j.</summary>
public sealed class ScatterAddPrimitive : Primitive
{
    ScatterAddPrimitive()
        : base("ScatterAdd")
    {
    }

    /// <summary>The one instance.</summary>
    public static ScatterAddPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "ScatterElements";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        (Node index, Node updates) = (inputs[0], inputs[1]);
        if (!index.Shape.Equals(updates.Shape) || updates.Type == DType.Bool)
        {
            throw new ShapeException($"ScatterAdd: indices {index.Shape} and updates {updates.Type.Name}{updates.Shape} differ. Give one number for each index.");
        }

        Op.RequireCarrier("ScatterAdd", updates.Type);
        Shape shape = new([.. updates.Shape.Extents[..^1], ((Axes)attributes!).Values[0]]);
        IndexRules.Check("ScatterAdd", shape, index);
        return (shape, updates.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [null, Op.Gather(cotangent, node.Inputs[0])];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        new(this, Batching.BatchAll(inputs, batched), node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        ScalarProgram add = ArithmeticMaps.Add.Program([result.Type, result.Type], null);
        var values = new long[add.Instructions.Length];
        var sum = new long[1];
        int updates = inputs[1].Shape[^1];
        int extent = result.Shape[^1];
        for (int i = 0; i < inputs[1].Shape.Size; i++)
        {
            int target = (i / updates * extent) + IndexRules.Place("ScatterAdd", (long)inputs[0].ToDouble(i), extent);
            ScalarInterpreter.Evaluate(add, [result[target], inputs[1][i]], sum, values);
            result[target] = sum[0];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Inputs[1].Shape.Size;
}
