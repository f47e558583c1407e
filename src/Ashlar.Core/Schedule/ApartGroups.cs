using Ashlar.Cpu.Contraction;
using Ashlar.Ir;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Movement;

namespace Ashlar.Schedule;

/// <summary>A convolution whose groups and channels stand apart in memory, as the weight gradient of a depthwise one, reads them so where a kernel can: its input then needs no copy.</summary>
static class ApartGroups
{
    /// <param name="node">A convolution, or any other node.</param>
    /// <param name="inputs">Its operands as the plan has them.</param>
    /// <returns>The operands and attributes of the convolution that stands for it; null if there is none.</returns>
    public static (Node[] Inputs, ConvAttributes Attributes)? Of(Node node, Node[] inputs)
    {
        if (node.Attributes is not ConvAttributes { Groups: > 1, GroupsApart: false } conv || inputs[0].Primitive is not ReshapePrimitive || inputs[0].Inputs[0].Primitive != StructureMaps.Copy)
        {
            return null;
        }

        Node apart = inputs[0].Inputs[0].Inputs[0];
        Shape x = node.Inputs[0].Shape;
        Shape w = node.Inputs[1].Shape;
        int[] wanted = [x[0], conv.Groups, w[1], .. x.Extents[2..]];
        if (!apart.Shape.Extents.SequenceEqual(wanted))
        {
            return null;
        }

        ConvolutionShape shape = StepBuilder.ConvShape(conv, x, w, node.Shape, null, null, null);
        return GroupLaneConvolution.Fits(node.Type, shape, [.. node.Shape], ContractionPlan.WidestRegisterBytes) ? ([apart, inputs[1]], conv.WithGroupsApart()) : null;
    }
}
