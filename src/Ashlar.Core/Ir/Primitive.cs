namespace Ashlar.Ir;

/// <summary>One row of the registry: everything the system knows of an operation. A derived class without a cell does not compile or fails the registry test.</summary>
public abstract class Primitive
{
    static int _count;

    /// <param name="name">As in explanations and messages.</param>
    protected Primitive(string name)
    {
        Name = name;
        Number = Interlocked.Increment(ref _count);
    }

    /// <summary>As in explanations and messages.</summary>
    public string Name { get; }

    /// <summary>Distinguishes primitives in keys of this process; never stored.</summary>
    public int Number { get; }

    /// <summary>The operator of the ONNX standard that does the same, or null with a composite or without one.</summary>
    public virtual string? OnnxName => null;

    /// <summary>What the scheduler may do with it.</summary>
    public abstract Lowering Lowering { get; }

    /// <summary>The shape and dtype rules.</summary>
    /// <exception cref="ShapeException">The inputs' shapes do not fit.</exception>
    /// <exception cref="DTypeException">The inputs' dtypes do not fit.</exception>
    public abstract (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes);

    /// <summary>The vector-Jacobian product: for each input the cotangent that <paramref name="cotangent"/> of the result gives it, or null where there is none.</summary>
    public abstract Node?[] Vjp(Node node, Node cotangent);

    /// <summary>A forward rule of the primitive's own. Without one the Jacobian-vector product is the gradient of <see cref="Vjp"/> with respect to its cotangent, which is exact too.</summary>
    /// <param name="node">The node.</param>
    /// <param name="tangents">For each input its tangent, or null for none; at least one is there.</param>
    /// <param name="tangent">The result's tangent, or null if it is zero.</param>
    /// <returns>Whether the primitive has a rule of its own.</returns>
    public virtual bool TryJvp(Node node, ReadOnlySpan<Node?> tangents, out Node? tangent)
    {
        tangent = null;
        return false;
    }

    /// <summary>The same operation over a batch. Inputs marked as batched have the batch as axis 0; the result has it as axis 0.</summary>
    public abstract Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched);

    /// <summary>The law's definition, element by element.</summary>
    public abstract void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result);

    /// <summary>Floating or integer operations of one evaluation, for summaries and decisions.</summary>
    public abstract long Cost(Node node);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
