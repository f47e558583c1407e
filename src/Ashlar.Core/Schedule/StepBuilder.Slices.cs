using Ashlar.Cpu.Map;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Kernels;

namespace Ashlar.Schedule;

/// <content>Slices: reductions and maps whose spaces begin with the axes that the reductions keep.</content>
sealed partial class StepBuilder
{
    SliceStep BuildSlices(Group group)
    {
        Range kept = SliceFuser.Kept(group.Parts[0].Root!);
        int slices = Space.Size(group.Extents[kept]);
        int[] all = [.. Enumerable.Range(0, group.Extents.Length)];
        int[] order = [.. all[kept], .. all[..kept.Start], .. all[kept.End..]];
        return new SliceStep(slices, Space.Size(group.Extents) / slices, [.. group.Parts.Select(Pass)]);

        (ReduceStep?, MapWork?) Pass(Group part)
        {
            part.Number = group.Number;
            return part.Kind == GroupKind.Reduce ? (BuildReduce(part), null) : (null, MapOf(part, order));
        }
    }

    MapWork? MapOf(Group part, int[] order)
    {
        var nest = new NestBuilder(views, inline, [.. order.Select(axis => part.Extents[axis])], order, buffers.Of);
        part.Nodes.ForEach(nest.Add);
        foreach (Node node in part.Nodes.Where(buffers.IsStored))
        {
            nest.StoreInPlace(node);
        }

        return nest.IsUseful ? new MapWork(new NestLoop(nest.Build(), kernels, output => Streams(output.Binding))) : null;
    }
}
