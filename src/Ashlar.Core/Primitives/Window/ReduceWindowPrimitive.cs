using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Window;

/// <summary>A sum, maximum or minimum over a window that slides along the trailing axes.</summary>
public sealed class ReduceWindowPrimitive : Primitive
{
    ReduceWindowPrimitive()
        : base("ReduceWindow")
    {
    }

    /// <summary>The one instance.</summary>
    public static ReduceWindowPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "MaxPool";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var a = (WindowAttributes)attributes!;
        DType type = inputs[0].Type;
        Op.RequireCarrier("ReduceWindow", type);
        return type == DType.Bool || (a.Kind == ReduceKind.Sum && type == DType.UInt8) || a.Kind == ReduceKind.Prod
            ? throw new DTypeException($"ReduceWindow: {a.Kind} of {type.Name} is not defined. Use a sum, maximum or minimum, and cast to a wider dtype first.")
            : (WindowGeometry.Infer(inputs[0].Shape, a, "ReduceWindow"), type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var a = (WindowAttributes)node.Attributes!;
        Node x = node.Inputs[0];
        int spatial = a.Window.Length;
        int lead = x.Shape.Rank - spatial;
        if (a.Kind != ReduceKind.Sum)
        {
            Node winner = Flat(new Node(WindowArgReducePrimitive.Instance, [x], a), lead);
            Node scattered = Op.ScatterAdd(winner, Flat(cotangent, lead), Flat(x, lead).Shape[^1]);
            return [Op.Reshape(scattered, x.Shape.Extents)];
        }

        // Every element receives the cotangents of the windows that cover it: a window sum over the spread-out cotangents.
        var low = new int[x.Shape.Rank];
        var high = new int[x.Shape.Rank];
        var inner = new int[x.Shape.Rank];
        var starts = new int[x.Shape.Rank];
        for (int axis = 0; axis < spatial; axis++)
        {
            int results = ((cotangent.Shape[lead + axis] - 1) * a.Strides[axis]) + 1;
            int before = a.Window[axis] - 1 - a.Low[axis];
            int after = x.Shape[lead + axis] + a.Window[axis] - 1 - results - before;
            low[lead + axis] = Math.Max(0, before);
            high[lead + axis] = Math.Max(0, after);
            inner[lead + axis] = a.Strides[axis] - 1;
        }

        Node spread = Op.Pad(cotangent, low, high, inner, 0);
        int[] extents = [.. spread.Shape];
        for (int axis = 0; axis < spatial; axis++)
        {
            extents[lead + axis] = x.Shape[lead + axis] + a.Window[axis] - 1;
        }

        Node cropped = Op.Slice(spread, starts, extents, Op.Ones(x.Shape.Rank));
        return [new Node(this, [cropped], new WindowAttributes(ReduceKind.Sum, a.Window.ToArray(), Op.Ones(spatial), new int[spatial], new int[spatial]))];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var a = (WindowAttributes)node.Attributes!;
        foreach ((int place, int[] sources) in WindowGeometry.Windows(inputs[0].Shape, result.Shape, a))
        {
            var elements = new List<long>();
            foreach (int source in sources)
            {
                if (source >= 0 || a.Kind == ReduceKind.Sum)
                {
                    elements.Add(source >= 0 ? inputs[0][source] : 0);
                }
            }

            result[place] = ReductionBits.Reduce(result.Type, [.. elements], a.Kind);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => (long)node.Shape.Size * new Shape(((WindowAttributes)node.Attributes!).Window).Size;

    static Node Flat(Node x, int lead) => Op.Reshape(x, [.. x.Shape.Extents[..lead], new Shape(x.Shape.Extents[lead..]).Size]);
}
