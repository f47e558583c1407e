using Ashlar.Cpu.Library;
using Ashlar.Cpu.Map;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Schedule;

/// <summary>Lowers the launches of a plan to steps on its buffers.</summary>
sealed partial class StepBuilder(Dictionary<Node, View> views, InlineNodes inline, BufferPlan buffers, ExecutionOptions options, MapKernelCache kernels)
{
    // With fewer columns side by side a reduction over a middle axis is faster on a copy with the axes in another order.
    const int FewestColumns = 16;

    public Step Build(Group group) => group.Kind switch
    {
        GroupKind.Map => BuildMap(group),
        GroupKind.Row => BuildRow(group),
        GroupKind.Reduce => BuildReduce(group),
        GroupKind.Slices => BuildSlices(group),
        GroupKind.Contract => BuildContract(group),
        GroupKind.Attention => BuildAttention(group),
        _ when group.Root!.Primitive is CallPrimitive => BuildCall(group),
        _ => BuildLibrary(group),
    };

    Step BuildMap(Group group)
    {
        MapWork work = Maps(group.Nodes, group.Extents, group.Nodes.Where(buffers.IsStored), buffers.Of, [], output => Streams(output.Binding))!;
        return work.IsCopy && StridedCopyKernel.Of(work.Nest) is { } copy ? new LibraryStep(copy, work.Bindings) : new MapStep(work);
    }

    // One nest for maps over one space; null if nothing of it is stored.
    MapWork? Maps(IEnumerable<Node> nodes, int[] extents, IEnumerable<Node> stored, Func<Node, int> binding) => Maps(nodes, extents, stored, binding, [], null);

    // Some may be stored in their buffer too, beside where their binding says.
    MapWork? Maps(IEnumerable<Node> nodes, int[] extents, IEnumerable<Node> stored, Func<Node, int> binding, IEnumerable<Node> storedToo, Func<Operand, bool>? streams)
    {
        var nest = new NestBuilder(views, inline, extents, null, binding);
        foreach (Node node in nodes)
        {
            nest.Add(node);
        }

        foreach (Node node in stored)
        {
            nest.Store(node);
        }

        foreach (Node node in storedToo)
        {
            nest.Store(nest.Read(node), node.Type, buffers.Of(node));
        }

        return nest.IsUseful ? new MapWork(new NestLoop(nest.Build(), kernels, streams)) : null;
    }

    // Results and what waits in the arena; a variable's own memory is in the cache when it is written over.
    bool Streams(int binding) => binding >= 0 && !buffers.IsAssigned(binding);

    MapWork CopyOf(Node node, int[] extents, int[]? order, int target)
    {
        var nest = new NestBuilder(views, inline, extents, order, buffers.Of);
        nest.Store(nest.Read(node), node.Type, target);
        return new MapWork(new NestLoop(nest.Build(), kernels));
    }

    ReduceStep BuildReduce(Group group)
    {
        Node root = group.Root!;
        var reduce = (ReduceAttributes)root.Attributes!;
        Node input = root.Inputs[0];
        int[] extents = Space.Of(input.Shape);
        bool[] reduced = Reduced(input.Shape, reduce.Axes);
        int[] kept = [.. Enumerable.Range(0, extents.Length).Where(axis => !reduced[axis])];
        int[] folded = [.. Enumerable.Range(0, extents.Length).Where(axis => reduced[axis])];
        bool columns = extents.Length > 0 && !reduced[^1] && folded.Length > 0;
        int[] order = columns ? [.. folded, .. kept] : [.. kept, .. folded];
        int[] walked = [.. order.Select(axis => extents[axis])];
        int results = root.Shape.Size;
        int count = results == 0 ? 0 : input.Shape.Size / results;

        MapWork? before = null;
        int source = 0;
        int outer = 1;
        View view = views[input];
        int[] strides = Space.Strides(input.Shape, view.Strides);
        if (group.Before.Count > 0)
        {
            var nest = new NestBuilder(views, inline, walked, order, buffers.Of);
            foreach (Node node in group.Before)
            {
                nest.Add(node);
            }

            nest.Store(nest.Read(input), input.Type, ~0);
            before = new MapWork(new NestLoop(nest.Build(), kernels));
        }
        else if (buffersHold(view) && view.Offset == 0 && order.Select(axis => strides[axis]).SequenceEqual(Space.Contiguous(walked)))
        {
            source = buffers.Of(view.Base);
        }
        else if (buffersHold(view) && view.IsWhole(input.Shape) && columns && folded[^1] - folded[0] == folded.Length - 1 && Space.Size(extents.AsSpan(folded[^1] + 1)) >= FewestColumns)
        {
            source = buffers.Of(view.Base);
            outer = Space.Size(extents.AsSpan(0, folded[0]));
        }
        else
        {
            before = CopyOf(input, walked, order, ~0);
        }

        int blocks = ReduceStep.BlocksOf(count);
        int partials = blocks > 1 ? buffers.Temporary((nint)blocks * results * root.Type.ItemSize, group.Number) : 0;
        MapWork? after = Maps(group.Nodes, Space.Of(root.Shape), group.Nodes.Where(buffers.IsStored), buffers.Of);
        return new ReduceStep(before, source, columns, outer, reduce.Kind, root.Type, results, count, partials, buffers.Of(root), after);

        bool buffersHold(View v) => v.Base.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal) && !inline.Contains(v.Base);
    }

    static bool[] Reduced(Shape shape, ReadOnlySpan<int> axes)
    {
        var reduced = new List<bool>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] != 1)
            {
                reduced.Add(axes.Contains(axis));
            }
        }

        return [.. reduced];
    }
}
