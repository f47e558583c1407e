namespace Ashlar.Ir;

/// <summary>The leaves: values that a plan is given, not computes.</summary>
public sealed class SourcePrimitive : Primitive
{
    SourcePrimitive(string name)
        : base(name)
    {
    }

    /// <summary>A value in memory.</summary>
    public static SourcePrimitive Constant { get; } = new("Constant");

    /// <summary>One number, bound when the plan runs.</summary>
    public static SourcePrimitive ScalarParameter { get; } = new("ScalarParameter");

    /// <summary>The present value of a variable.</summary>
    public static SourcePrimitive Variable { get; } = new("Variable");

    /// <summary>A place in a plan to which one of the other leaves is bound.</summary>
    public static SourcePrimitive Slot { get; } = new("Slot");

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Source;

    /// <inheritdoc/>
    public override string? OnnxName => "Constant";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes) => throw Given();

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => node;

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => throw Given();

    /// <inheritdoc/>
    public override long Cost(Node node) => 0;

    InvalidOperationException Given() => new($"{Name}: a leaf is given its value, not computed. Record it through Node.Constant, Node.Scalar or a Variable.");
}
