using Ashlar.Ir;

namespace Ashlar.Primitives.Contract;

/// <summary>The two gradients of a convolution, each a convolution.</summary>
static class ConvGradients
{
    // dX = dY with zeros between its elements, under the kernel turned round with its channel axes exchanged.
    public static Node Input(Node node, Node dy)
    {
        var conv = (ConvAttributes)node.Attributes!;
        (Node x, Node w) = (node.Inputs[0], node.Inputs[1]);
        int spatial = conv.Strides.Length;
        var low = new int[spatial];
        var high = new int[spatial];
        for (int axis = 0; axis < spatial; axis++)
        {
            int window = ((w.Shape[axis + 2] - 1) * conv.KernelDilation[axis]) + 1;
            int spread = ((x.Shape[axis + 2] - 1) * conv.InputDilation[axis]) + 1;
            int results = ((dy.Shape[axis + 2] - 1) * conv.Strides[axis]) + 1;
            low[axis] = window - 1 - conv.Low[axis];
            high[axis] = spread + window - 1 - results - low[axis];
        }

        Node turned = Op.Flip(ExchangeChannels(w, conv.Groups), [.. Enumerable.Range(2, spatial)]);
        return new Node(ConvPrimitive.Instance, [dy, turned],
            new ConvAttributes(conv.InputDilation.ToArray(), low, high, conv.Strides.ToArray(), conv.KernelDilation.ToArray(), conv.Groups));
    }

    // [G · O, C, window] → [G · C, O, window]: in each group outputs and inputs change places.
    static Node ExchangeChannels(Node w, int groups)
    {
        int[] window = [.. w.Shape.Extents[2..]];
        Node apart = Op.Reshape(w, [groups, w.Shape[0] / groups, w.Shape[1], .. window]);
        Node exchanged = Op.Permute(apart, [0, 2, 1, .. Enumerable.Range(3, window.Length)]);
        return Op.Reshape(exchanged, [groups * w.Shape[1], w.Shape[0] / groups, .. window]);
    }

    // dW: the input's channels are the batch, the images are the channels, dY is the kernel. Groups: [N, G · C] → [C, G · N], so that a group's images are its channels.
    public static Node Kernel(Node node, Node dy)
    {
        var conv = (ConvAttributes)node.Attributes!;
        (Node x, Node w) = (node.Inputs[0], node.Inputs[1]);
        int spatial = conv.Strides.Length;
        var high = new int[spatial];
        for (int axis = 0; axis < spatial; axis++)
        {
            int spread = ((x.Shape[axis + 2] - 1) * conv.InputDilation[axis]) + 1;
            int window = ((dy.Shape[axis + 2] - 1) * conv.Strides[axis]) + 1;
            int wanted = ((w.Shape[axis + 2] - 1) * conv.KernelDilation[axis]) + 1;
            high[axis] = wanted + window - 1 - spread - conv.Low[axis];
        }

        int[] swap = [1, 0, .. Enumerable.Range(2, spatial)];
        int[] places = [.. x.Shape.Extents[2..]];
        Node apart = Op.Reshape(x, [x.Shape[0], conv.Groups, w.Shape[1], .. places]);
        Node images = Op.Reshape(Op.Permute(apart, [2, 1, 0, .. Enumerable.Range(3, spatial)]), [w.Shape[1], conv.Groups * x.Shape[0], .. places]);
        var result = new Node(ConvPrimitive.Instance, [images, Op.Permute(dy, swap)],
            new ConvAttributes(conv.KernelDilation.ToArray(), conv.Low.ToArray(), high, conv.InputDilation.ToArray(), conv.Strides.ToArray(), conv.Groups));
        return Op.Permute(result, swap);
    }
}
