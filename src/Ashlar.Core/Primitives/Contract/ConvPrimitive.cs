using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Contract;

/// <summary>Cross-correlation of an input [N, C, spatial…] with a kernel [O, C / groups, window…] → [N, O, spatial…]. Its gradients are convolutions.</summary>
/// <remarks>k runs over (input channel of the group, window) row-major; zeros of padding and dilation take part like any other element.</remarks>
public sealed class ConvPrimitive : Primitive
{
    ConvPrimitive()
        : base("Conv")
    {
    }

    /// <summary>The one instance.</summary>
    public static ConvPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Conv;

    /// <inheritdoc/>
    public override string? OnnxName => "Conv";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var conv = (ConvAttributes)attributes!;
        (Node x, Node w) = (inputs[0], inputs[1]);
        Op.RequireCarrier("Conv", x.Type);
        if (x.Type != w.Type || x.Type is DType.Bool or DType.UInt8)
        {
            throw new DTypeException($"Conv: {x.Type.Name} with a kernel of {w.Type.Name} is not defined. Cast both to one of int32, int64, float32 or float64.");
        }

        int spatial = conv.Strides.Length;
        Shape shape = conv.InputShape(x.Shape);
        if (shape.Rank != spatial + 2 || w.Shape.Rank != spatial + 2)
        {
            throw new ShapeException($"Conv: input {shape} and kernel {w.Shape} need {spatial} spatial axes each. Give [N, C, spatial] and [O, C, window].");
        }

        if (shape[1] != w.Shape[1] * conv.Groups)
        {
            string parts = conv.Groups == 1 ? "" : $" in each of {conv.Groups} groups";
            throw new ShapeException($"Conv: input channels differ: input {shape} has {shape[1]}, kernel {w.Shape} takes {w.Shape[1]}{parts}. Check the input channels of the layer.");
        }

        if (w.Shape[0] % conv.Groups != 0)
        {
            throw new ShapeException($"Conv: kernel {w.Shape} has {w.Shape[0]} outputs, which {conv.Groups} groups do not divide. Make the output channels a multiple of the groups.");
        }

        var extents = new int[spatial + 2];
        extents[0] = shape[0];
        extents[1] = w.Shape[0];
        for (int axis = 0; axis < spatial; axis++)
        {
            extents[axis + 2] = conv.Extent(axis, shape[axis + 2], w.Shape[axis + 2]);
            if (extents[axis + 2] <= 0)
            {
                throw new ShapeException($"Conv: kernel {w.Shape} does not fit into input {shape} along axis {axis + 2}. Use a smaller kernel or more padding.");
            }
        }

        if (conv.OutputsFirst)
        {
            (extents[0], extents[1]) = (extents[1], extents[0]);
        }

        return (new Shape(extents), x.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) =>
        [ConvGradients.Input(node, cotangent), ConvGradients.Kernel(node, cotangent)];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var conv = (ConvAttributes)node.Attributes!;
        (Node x, Node w) = (inputs[0], inputs[1]);
        int batch = batched[0] ? x.Shape[0] : w.Shape[0];
        if (!batched[1])
        {
            Node merged = Op.Reshape(x, [batch * x.Shape[1], .. x.Shape.Extents[2..]]);
            return Op.Reshape(new Node(this, [merged, w], conv), [batch, .. node.Shape]);
        }

        // The kernels of all examples become output channels: of the same group where the input is shared, of a group for each example where it is not.
        int images = node.Shape[0];
        int outputs = node.Shape[1] / conv.Groups;
        int[] places = [.. Enumerable.Range(3, node.Shape.Rank - 2)];
        if (!batched[0])
        {
            Node grouped = Op.Permute(Op.Reshape(w, [batch, conv.Groups, outputs, .. w.Shape.Extents[2..]]), [1, 0, 2, 3, .. places.Select(axis => axis + 1)]);
            Node wide = new(this, [x, Op.Reshape(grouped, [conv.Groups * batch * outputs, .. w.Shape.Extents[2..]])], conv);
            Node apart = Op.Reshape(wide, [images, conv.Groups, batch, outputs, .. node.Shape.Extents[2..]]);
            return Op.Reshape(Op.Permute(apart, [2, 0, 1, 3, .. places.Select(axis => axis + 1)]), [batch, .. node.Shape]);
        }

        var separate = new ConvAttributes(conv.Strides.ToArray(), conv.Low.ToArray(), conv.High.ToArray(), conv.InputDilation.ToArray(), conv.KernelDilation.ToArray(), batch * conv.Groups);
        Node channels = Op.Reshape(Op.Permute(x, [1, 0, 2, .. places]), [images, batch * x.Shape[2], .. x.Shape.Extents[3..]]);
        Node all = new(this, [channels, Op.Reshape(w, [batch * w.Shape[1], .. w.Shape.Extents[2..]])], separate);
        return Op.Permute(Op.Reshape(all, [images, batch, .. node.Shape.Extents[1..]]), [1, 0, 2, .. places]);
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var conv = (ConvAttributes)node.Attributes!;
        Shape x = conv.InputShape(inputs[0].Shape);
        Shape w = inputs[1].Shape;
        int[] stridesX = x.Strides();
        var depth = new Shape(w.Extents[1..]);
        int outputs = Math.Max(1, w[0] / conv.Groups);
        var left = new long[depth.Size];
        var right = new long[depth.Size];
        foreach ((int place, int[] at) in Coordinates.Of(result.Shape))
        {
            (int image, int output) = conv.OutputsFirst ? (at[1], at[0]) : (at[0], at[1]);
            foreach ((int k, int[] inner) in Coordinates.Of(depth))
            {
                int source = (image * stridesX[0]) + (((output / outputs * w[1]) + inner[0]) * stridesX[1]);
                bool inside = true;
                for (int axis = 0; axis < conv.Strides.Length; axis++)
                {
                    int spread = (at[axis + 2] * conv.Strides[axis]) + (inner[axis + 1] * conv.KernelDilation[axis]) - conv.Low[axis];
                    int element = spread / conv.InputDilation[axis];
                    inside &= spread >= 0 && spread % conv.InputDilation[axis] == 0 && element < x[axis + 2];
                    source += element * stridesX[axis + 2];
                }

                left[k] = inputs[1][(output * depth.Size) + k];
                right[k] = inside ? inputs[0][source] : 0;
            }

            result[place] = ContractionLaw.Dot(result.Type, left, right);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        Shape w = node.Inputs[1].Shape;
        return 2L * node.Shape.Size * (w.Size / Math.Max(1, w[0]));
    }
}
