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
    Step BuildRow(Group group)
    {
        int rows = Space.Size(group.Extents.AsSpan(0, group.RowAxes));

        // The lanes of the reductions over the rows come first.
        List<RowScratch> scratch = [.. group.Sums.Select(sum => new RowScratch(sum.Root!.Type.ItemSize, IsPerRow: false, IsGiven: true))];
        RowPasses passes = Passes(group, new Dictionary<Node, int>(ReferenceEqualityComparer.Instance), scratch, repeats: true);
        return group.Sums.Count == 0
            ? new RowStep(rows, passes)
            : new RowColumnStep(rows, Space.Size(group.Extents.AsSpan(group.RowAxes)), passes, [.. group.Sums.Select(sum => SumOf(sum, group.Number, rows))]);
    }

    ColumnSum SumOf(Group sum, int launch, int rows)
    {
        Node root = sum.Root!;
        int blocks = ReduceStep.BlocksOf(rows);
        nint bytes = (nint)root.Shape.Size * root.Type.ItemSize * blocks;
        int lanes = buffers.Temporary(RowReduction.LaneCount * bytes, launch);
        int partials = blocks > 1 ? buffers.Temporary(bytes, launch) : 0;
        MapWork? after = Maps(sum.Nodes, Space.Of(root.Shape), sum.Nodes.Where(buffers.IsStored), buffers.Of);
        return new ColumnSum(ReductionOf(root), root.Type.ItemSize, lanes, partials, buffers.Of(root), after);
    }

    static TypedReduction ReductionOf(Node node) => TypedReduction.Of(node.Type, ((ReduceAttributes)node.Attributes!).Kind);

    // Bindings and scratch hold what the caller brings for nodes of the group or for what they read. A pass may compute cheap values again if nothing is written over what it reads.
    // What is near is read again at once: nothing is written past the caches.
    RowPasses Passes(Group group, Dictionary<Node, int> given, List<RowScratch> brought, bool repeats = false, bool isNear = false, List<(Node Node, bool IsPositive)>? tests = null) =>
        Passes(group, new(given, ReferenceEqualityComparer.Instance), [.. brought], repeats, isNear, tests, folds: true)
        ?? Passes(group, new(given, ReferenceEqualityComparer.Instance), [.. brought], repeats, isNear, tests, folds: false)!;

    // Null if a reduction cannot be taken in by the map before it, because that does not walk whole rows.
    RowPasses? Passes(Group group, Dictionary<Node, int> bindings, List<RowScratch> scratch, bool repeats, bool isNear, List<(Node Node, bool IsPositive)>? tests, bool folds)
    {
        int rows = Space.Size(group.Extents.AsSpan(0, group.RowAxes));
        int columns = Space.Size(group.Extents.AsSpan(group.RowAxes));
        Dictionary<Node, int> pass = Passes(group);
        var away = new List<Node>();
        var again = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        HashSet<Node> folded = Folded(group, pass, folds && group.RowAxes > 0 ? columns : 0);
        foreach (Node node in group.Nodes)
        {
            if (bindings.ContainsKey(node))
            {
                continue;
            }

            if (buffers.IsStored(node))
            {
                // What is written past the caches is kept in scratch for later passes.
                bool isAway = !IsPerRow(group, node) && IsReadLater(group, node, pass, folded) && NestLoop.IsLarge((long)node.Shape.Size * node.Type.ItemSize) && Streams(buffers.Of(node));
                bindings[node] = isAway ? ~scratch.Count : buffers.Of(node);
                if (isAway)
                {
                    scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: false));
                    away.Add(node);
                }
            }
            else if (IsPerRow(group, node))
            {
                bindings[node] = ~scratch.Count;
                scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: true));
            }
            else if (IsReadLater(group, node, pass, folded))
            {
                if (repeats && !IsReduced(group, node, folded) && Repeated(group, node, bindings) is { } chain)
                {
                    again.UnionWith(chain);
                }
                else
                {
                    bindings[node] = ~scratch.Count;
                    scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: false));
                }
            }
        }

        int Binding(Node node) => bindings.TryGetValue(node, out int own) ? own : buffers.Of(node);

        var stages = new List<RowStage>();
        int last = pass.Values.Max();
        bool fits = true;
        for (int current = 0; current <= last; current++)
        {
            Node[] now = [.. group.Nodes.Where(node => pass[node] == current)];
            Node[] full = [.. now.Where(node => !IsPerRow(group, node))];
            Node[] reductions = [.. now.Where(node => node.Primitive.Lowering == Lowering.Reduce)];
            Node[] inside = [.. reductions.Where(folded.Contains)];
            int[] sums = [.. Enumerable.Range(0, group.Sums.Count).Where(sum => pass.GetValueOrDefault(views[group.Sums[sum].Root!.Inputs[0]].Base, last) == current)];
            if (Elements(full, inside, sums, current) is { } elements)
            {
                stages.Add(RowStage.Map(elements));
            }

            foreach (Node node in reductions.Except(inside))
            {
                int source = Source(node.Inputs[0]);
                stages.Add(RowStage.Reduce(ReductionOf(node), source, Binding(node), node.Type.ItemSize));
            }

            Node[] perRow = [.. now.Where(node => IsPerRow(group, node) && node.Primitive.Lowering == Lowering.Map)];
            if (Maps(perRow, group.Extents[..group.RowAxes], perRow, Binding) is { } rowMaps)
            {
                stages.Add(RowStage.RowMap(rowMaps));
            }
        }

        return fits ? new RowPasses(rows, columns, [.. stages], [.. scratch], tests?.ConvertAll(test => new RowTest(Binding(test.Node), test.IsPositive)).ToArray()) : null;

        // What a pass does to every element, its reductions and shares of sums over the rows among it; null if there is nothing.
        MapWork? Elements(Node[] full, Node[] inside, int[] sums, int current)
        {
            var nest = new NestBuilder(views, inline, group.Extents, null, Binding, again);
            Array.ForEach(full, nest.Add);
            foreach (Node node in full.Where(bindings.ContainsKey))
            {
                nest.Store(node);
            }

            foreach (Node node in full.Where(away.Contains))
            {
                nest.Store(nest.Read(node), node.Type, buffers.Of(node));
            }

            foreach (Node node in inside)
            {
                nest.Fold(views[node.Inputs[0]].Base, ((ReduceAttributes)node.Attributes!).Kind, group.RowAxes, Binding(node));
            }

            foreach (int sum in sums)
            {
                nest.Accumulate(group.Sums[sum].Root!.Inputs[0], ~sum);
            }

            if (!nest.IsUseful)
            {
                return null;
            }

            if (!isNear)
            {
                Fetch(group, pass, bindings, scratch, nest, current);
            }

            LoopNest built = nest.Build();
            fits &= inside.Length == 0 || NestLoop.HasRows(built, columns);
            return fits ? new MapWork(new NestLoop(built, kernels, isNear ? null : output => Streams(output.Binding), nest.Folds)) : null;
        }

        // Where the elements stand side by side; if nowhere yet, a stage more puts them there.
        int Source(Node input)
        {
            View view = views[input];
            if (bindings.TryGetValue(view.Base, out int own))
            {
                return own;
            }

            if (view.Base.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal) && !inline.Contains(view.Base) && view.IsWhole(input.Shape))
            {
                return buffers.Of(view.Base);
            }

            int copy = ~scratch.Count;
            scratch.Add(new RowScratch(input.Type.ItemSize, false));
            stages.Add(RowStage.Map(CopyOf(input, group.Extents, null, copy)));
            return copy;
        }
    }
}
