using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Autodiff;

/// <summary>The value of the first operand with derivatives by a rule: they reach the other operands and never the first.</summary>
public sealed class GradientRulePrimitive : Primitive, IMarker
{
    GradientRulePrimitive()
        : base("GradientRule")
    {
    }

    /// <summary>The one instance.</summary>
    public static GradientRulePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.View;

    /// <inheritdoc/>
    public override string? OnnxName => "Identity";

    /// <summary>Records a value with a rule.</summary>
    /// <param name="value">The value.</param>
    /// <param name="given">What the rule is a function of.</param>
    /// <param name="rule">The rule.</param>
    public static Node Record(Node value, ReadOnlySpan<Node> given, GradientRule rule) => new(Instance, [value, .. given], rule);

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => (inputs[0].Shape, inputs[0].Type);

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var rule = (GradientRule)node.Attributes!;
        Node[] given = node.Inputs[1..].ToArray();
        Node?[] parts = rule.Vjp(node.Inputs[0], given, cotangent);
        GradientRule.RequireLike(rule.Name, parts, given);
        return [null, .. parts];
    }

    /// <inheritdoc/>
    public override bool TryJvp(Node node, ReadOnlySpan<Node?> tangents, out Node? tangent)
    {
        var rule = (GradientRule)node.Attributes!;
        tangent = rule.IsTransparentForward ? tangents[0] : rule.Jvp(node.Inputs[0], node.Inputs[1..].ToArray(), tangents[1..].ToArray());
        return rule.IsTransparentForward || tangent is not null;
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        Node value = batched[0] ? inputs[0] : Batching.Batch(inputs[0], Batching.Extent(inputs, batched));
        return Record(value, inputs[1..], new BatchedRule((GradientRule)node.Attributes!, batched[1..].ToArray()));
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => inputs[0].Bytes.CopyTo(result.Bytes, 0);

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;
}
