using Ashlar.Cpu.Contraction;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Schedule;

/// <content>Attention: a product, rows and a product in blocks of rows.</content>
sealed partial class StepBuilder
{
    AttentionStep BuildAttention(Group group)
    {
        LendMemory(group);
        Node root = group.Root!;
        Node scores = group.Scores!.Root!;
        Node weights = views[root.Inputs[0]].Base;
        var rows = new Group(group.Number, GroupKind.Row, scores.Shape) { Extents = group.Rows!.Extents, RowAxes = group.Rows.RowAxes };
        rows.Nodes.AddRange([.. group.Scores.Nodes, .. group.Rows.Nodes]);

        // Scores and weights that nobody else reads live as long as their block of rows.
        var scratch = new List<RowScratch>();
        var bindings = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        Keep(scores);
        if (!buffers.IsStored(weights) && !buffers.IsStored(scores) && weights.Type == scores.Type && IsLastReader(rows, scores, weights))
        {
            bindings[weights] = bindings[scores];
        }
        else
        {
            Keep(weights);
        }

        int[] given = [.. Enumerable.Range(0, scratch.Count)];
        RowPasses passes = Passes(rows, bindings, scratch);
        ContractionNest first = NestOf(scores);
        ContractionNest second = NestOf(root);
        MapWork? after = Maps(group.Nodes, group.Extents, group.Nodes.Where(buffers.IsStored), buffers.Of);
        return new AttentionStep(first, PlaceOf(scores.Inputs[0]), PlaceOf(scores.Inputs[1]), MaskOf(rows, scores, first), passes, given, bindings[scores], bindings[weights],
            second, PlaceOf(root.Inputs[1]), buffers.Of(root), after);

        void Keep(Node node)
        {
            bindings[node] = buffers.IsStored(node) ? buffers.Of(node) : ~scratch.Count;
            if (!buffers.IsStored(node))
            {
                scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: false, IsGiven: true));
            }
        }
    }

    // The mask through which alone the rows read scores, if there is one, it is in memory, and nobody else reads scores.
    ScoreMask? MaskOf(Group rows, Node scores, ContractionNest nest)
    {
        Node? mask = null;
        foreach (Node node in rows.Nodes)
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (!ReferenceEquals(views[node.Inputs[i]].Base, scores))
                {
                    continue;
                }

                bool hides = node.Primitive == LogicMaps.Where && i == 1 && (mask is null || ReferenceEquals(mask, node.Inputs[0]));
                if (!hides)
                {
                    return null;
                }

                mask = node.Inputs[0];
            }
        }

        if (mask is null || buffers.IsStored(scores) || mask.Shape.Rank == 0 || mask.Shape[^1] != nest.N || mask.Shape.Size != nest.Batch * nest.M * nest.N)
        {
            return null;
        }

        View view = views[mask];
        bool isInMemory = view.Base.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal) && !inline.Contains(view.Base) && !rows.Nodes.Contains(view.Base);
        return isInMemory && view.Strides[^1] == 1
            ? new ScoreMask(buffers.Of(view.Base), Offsets(mask.Shape, view.Strides, [.. Enumerable.Range(0, mask.Shape.Rank - 1)], view.Offset), nest.N)
            : null;
    }

    // Whether the weights may be written over the scores: the pass that makes them is the last to read scores, element by element.
    bool IsLastReader(Group rows, Node scores, Node weights)
    {
        Dictionary<Node, int> pass = Passes(rows);
        foreach (Node node in rows.Nodes)
        {
            bool reads = Array.Exists(node.Inputs.ToArray(), input => ReferenceEquals(views[input].Base, scores));
            if (reads && (pass[node] > pass[weights] || (pass[node] == pass[weights] && node.Primitive.Lowering == Lowering.Reduce)))
            {
                return false;
            }
        }

        return true;
    }
}
