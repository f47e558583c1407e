using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Window;

/// <summary>For each window the place of its largest or smallest element inside the input's trailing axes, flattened → int32. Ties take the first; the first NaN wins.</summary>
public sealed class WindowArgReducePrimitive : Primitive
{
    WindowArgReducePrimitive()
        : base("WindowArgReduce")
    {
    }

    /// <summary>The one instance.</summary>
    public static WindowArgReducePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Op.RequireCarrier("WindowArgReduce", inputs[0].Type);
        return (WindowGeometry.Infer(inputs[0].Shape, (WindowAttributes)attributes!, "WindowArgReduce"), DType.Int32);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => [null];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var a = (WindowAttributes)node.Attributes!;
        HostArray x = inputs[0];
        int plane = new Shape(x.Shape.Extents[^a.Window.Length..]).Size;
        foreach ((int place, int[] sources) in WindowGeometry.Windows(x.Shape, result.Shape, a))
        {
            int[] inside = [.. sources.Where(source => source >= 0)];
            long winner = ReductionBits.ArgReduce(x.Type, [.. inside.Select(source => x[source])], a.Kind);
            result[place] = inside[winner] % plane;
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => (long)node.Shape.Size * new Shape(((WindowAttributes)node.Attributes!).Window).Size;
}
