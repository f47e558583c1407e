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

        Node turned = Op.Flip(Op.Permute(w, [1, 0, .. Enumerable.Range(2, spatial)]), [.. Enumerable.Range(2, spatial)]);
        return new Node(ConvPrimitive.Instance, [dy, turned],
            new ConvAttributes(conv.InputDilation.ToArray(), low, high, conv.Strides.ToArray(), conv.KernelDilation.ToArray()));
    }

    // dW: the input's channels are the batch, the images are the channels, dY is the kernel.
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
        var result = new Node(ConvPrimitive.Instance, [Op.Permute(x, swap), Op.Permute(dy, swap)],
            new ConvAttributes(conv.KernelDilation.ToArray(), conv.Low.ToArray(), high, conv.InputDilation.ToArray(), conv.Strides.ToArray()));
        return Op.Permute(result, swap);
    }
}
