using Ashlar.Cpu.Contraction;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;

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
        int blockRows = AttentionStep.BlockRows(first.M, first.N);
        MapWork? after = Maps(group.Nodes, group.Extents, group.Nodes.Where(buffers.IsStored), buffers.Of);
        return new AttentionStep(first.Batch, first.M, first.N, second.N, root.Type.ItemSize,
            new RowProduct(first, PlaceOf(scores.Inputs[0]), PlaceOf(scores.Inputs[1]), blockRows), passes, given, bindings[scores], bindings[weights],
            new RowProduct(second, default, PlaceOf(root.Inputs[1]), blockRows), buffers.Of(root), after);

        void Keep(Node node)
        {
            bindings[node] = buffers.IsStored(node) ? buffers.Of(node) : ~scratch.Count;
            if (!buffers.IsStored(node))
            {
                scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: false, IsGiven: true));
            }
        }
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
