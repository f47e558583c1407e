using Ashlar.Cpu.Map;
using Ashlar.Cpu.Reduction;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Schedule;

/// <content>Rows: which values are computed in which pass over a block, and where they wait for the next.</content>
sealed partial class StepBuilder
{
    RowStep BuildRow(Group group) => new(Space.Size(group.Extents.AsSpan(0, group.RowAxes)), Passes(group, new Dictionary<Node, int>(ReferenceEqualityComparer.Instance), []));

    // Bindings and scratch hold what the caller brings for nodes of the group or for what they read.
    RowPasses Passes(Group group, Dictionary<Node, int> bindings, List<RowScratch> scratch)
    {
        int rows = Space.Size(group.Extents.AsSpan(0, group.RowAxes));
        int columns = Space.Size(group.Extents.AsSpan(group.RowAxes));
        Dictionary<Node, int> pass = Passes(group);
        var away = new List<Node>();
        foreach (Node node in group.Nodes)
        {
            if (bindings.ContainsKey(node))
            {
                continue;
            }

            if (buffers.IsStored(node))
            {
                // What is written past the caches is kept in scratch for later passes.
                bool isAway = !IsPerRow(group, node) && IsReadLater(group, node, pass) && NestLoop.IsLarge((long)node.Shape.Size * node.Type.ItemSize) && Streams(buffers.Of(node));
                bindings[node] = isAway ? ~scratch.Count : buffers.Of(node);
                if (isAway)
                {
                    scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: false));
                    away.Add(node);
                }
            }
            else if (IsPerRow(group, node) || IsReadLater(group, node, pass))
            {
                bindings[node] = ~scratch.Count;
                scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow(group, node)));
            }
        }

        int Binding(Node node) => bindings.TryGetValue(node, out int own) ? own : buffers.Of(node);

        var stages = new List<RowStage>();
        int last = pass.Values.Max();
        for (int current = 0; current <= last; current++)
        {
            Node[] now = [.. group.Nodes.Where(node => pass[node] == current)];
            Node[] full = [.. now.Where(node => !IsPerRow(group, node))];
            if (Maps(full, group.Extents, full.Where(bindings.ContainsKey), Binding, full.Where(away.Contains), output => Streams(output.Binding)) is { } elements)
            {
                stages.Add(RowStage.Map(elements));
            }

            foreach (Node node in now.Where(node => node.Primitive.Lowering == Lowering.Reduce))
            {
                stages.Add(Reduction(node));
            }

            Node[] perRow = [.. now.Where(node => IsPerRow(group, node) && node.Primitive.Lowering == Lowering.Map)];
            if (Maps(perRow, group.Extents[..group.RowAxes], perRow, Binding) is { } rowMaps)
            {
                stages.Add(RowStage.RowMap(rowMaps));
            }
        }

        return new RowPasses(rows, columns, [.. stages], [.. scratch]);

        RowStage Reduction(Node node)
        {
            Node input = node.Inputs[0];
            View view = views[input];
            int source;
            if (bindings.TryGetValue(view.Base, out int own))
            {
                source = own;
            }
            else if (view.Base.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal) && !inline.Contains(view.Base) && view.IsWhole(input.Shape))
            {
                source = buffers.Of(view.Base);
            }
            else
            {
                source = ~scratch.Count;
                scratch.Add(new RowScratch(input.Type.ItemSize, false));
                stages.Add(RowStage.Map(CopyOf(input, group.Extents, null, source)));
            }

            return RowStage.Reduce(TypedReduction.Of(node.Type, ((ReduceAttributes)node.Attributes!).Kind), source, Binding(node));
        }
    }

    static bool IsPerRow(Group group, Node node) => node.Primitive.Lowering == Lowering.Reduce || !group.IsFull(node.Shape);

    // A value that depends on a reduction of pass p is computed in pass p (one per row) or p + 1 (over all elements).
    Dictionary<Node, int> Passes(Group group)
    {
        var pass = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (Node node in group.Nodes)
        {
            int earliest = 0;
            foreach (Node input in node.Inputs)
            {
                Node source = views[input].Base;
                if (pass.TryGetValue(source, out int before))
                {
                    bool waits = IsPerRow(group, source) && !IsPerRow(group, node);
                    earliest = Math.Max(earliest, before + (waits ? 1 : 0));
                }
            }

            pass[node] = earliest;
        }

        return pass;
    }

    bool IsReadLater(Group group, Node node, Dictionary<Node, int> pass)
    {
        foreach (Node user in group.Nodes)
        {
            foreach (Node input in user.Inputs)
            {
                if (ReferenceEquals(views[input].Base, node) && (pass[user] > pass[node] || user.Primitive.Lowering == Lowering.Reduce))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
