using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Window;

namespace Ashlar.Cpu.Library;

/// <summary>Which kernel does a node's work.</summary>
static class LibraryKernels
{
    /// <summary>The kernel for the node's primitive, shapes, dtypes and attributes, or null where the library has none.</summary>
    public static LibraryKernel? For(Node node)
    {
        ReadOnlySpan<Node> inputs = node.Inputs;
        return node.Primitive switch
        {
            ReduceWindowPrimitive => new WindowKernel(node.Type, inputs[0].Shape, (WindowAttributes)node.Attributes!),
            WindowArgReducePrimitive => new WindowArgKernel(inputs[0].Type, inputs[0].Shape, (WindowAttributes)node.Attributes!),
            GatherPrimitive => new GatherKernel(node.Type, inputs[1].Type, inputs[0].Shape, node.Shape),
            ScatterAddPrimitive => new ScatterAddKernel(node.Type, inputs[0].Type, inputs[1].Shape, node.Shape[^1]),
            ArgReducePrimitive when node.Attributes is ReduceAttributes { Axes.Length: 1 } reduce =>
                new ArgReduceKernel(inputs[0].Type, inputs[0].Shape, reduce.Axes[0], reduce.Kind),
            PadPrimitive => new PadKernel(node.Type, inputs[0].Shape, (PadAttributes)node.Attributes!),
            ConcatPrimitive => new ConcatKernel(node.Type, Shapes(inputs), ((Axes)node.Attributes!).Values[0]),
            _ => null,
        };
    }

    static Shape[] Shapes(ReadOnlySpan<Node> nodes)
    {
        var shapes = new Shape[nodes.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = nodes[i].Shape;
        }

        return shapes;
    }
}
