using Ashlar.Cpu.Contraction;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Reduce;

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
        ContractionNest first = NestOf(scores);
        ScoreMask? mask = MaskOf(rows, scores, weights, first, out List<(Node, bool)>? tests);
        RowPasses passes = Passes(rows, bindings, scratch, isNear: true, tests: tests);
        RowEnds? ends = tests is not null && buffers.IsStored(weights) ? new RowEnds(first.Batch * first.M) : null;
        if (ends is not null)
        {
            _ends.Add(weights, ends);
        }

        ContractionNest second = NestOf(root);
        MapWork? after = Maps(group.Nodes, group.Extents, group.Nodes.Where(buffers.IsStored), buffers.Of);
        return new AttentionStep(first, PlaceOf(scores.Inputs[0]), PlaceOf(scores.Inputs[1]), mask, passes, given, bindings[scores], bindings[weights],
            ends, second, PlaceOf(root.Inputs[1]), buffers.Of(root), after);

        void Keep(Node node)
        {
            bindings[node] = buffers.IsStored(node) ? buffers.Of(node) : ~scratch.Count;
            if (!buffers.IsStored(node))
            {
                scratch.Add(new RowScratch(node.Type.ItemSize, IsPerRow: false, IsGiven: true));
            }
        }
    }

    // Where the rows of stored weights end, as their launch will find.
    readonly Dictionary<Node, RowEnds> _ends = new(ReferenceEqualityComparer.Instance);

    // The mask behind which scores need not be known, if there is one and it is in memory. What depends on a hidden score goes through the mask,
    // or is its product with what lies in memory, and then summed: zeros there make zeros of it.
    ScoreMask? MaskOf(Group rows, Node scores, Node weights, ContractionNest nest, out List<(Node Node, bool IsPositive)>? tests)
    {
        tests = null;
        (Node? mask, Node? factor) = (null, null);
        var products = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var hidden = new HashSet<Node>([scores], ReferenceEqualityComparer.Instance);
        foreach (Node node in rows.Nodes)
        {
            bool[] reads = Array.ConvertAll(node.Inputs.ToArray(), input => hidden.Contains(views[input].Base));
            if (!reads.Contains(true))
            {
                continue;
            }

            if (node.Primitive == LogicMaps.Where && reads is [false, true, false] && (mask is null || ReferenceEquals(mask, node.Inputs[0])))
            {
                mask = node.Inputs[0];
            }
            else if (node.Primitive.Lowering == Lowering.Reduce)
            {
                if (!products.Contains(views[node.Inputs[0]].Base) || ((ReduceAttributes)node.Attributes!).Kind != ReduceKind.Sum)
                {
                    return null;
                }
            }
            else
            {
                hidden.Add(node);
                if (FactorOf(rows, scores, node) is { } other && (factor is null || ReferenceEquals(factor, other)))
                {
                    factor = other;
                    products.Add(node);
                }
            }
        }

        if (mask is null || hidden.Contains(weights) || hidden.Any(buffers.IsStored) || mask.Shape.Rank == 0 || mask.Shape[^1] != nest.N || mask.Shape.Size != nest.Batch * nest.M * nest.N)
        {
            return null;
        }

        View view = views[mask];
        if (!IsInMemory(rows, view.Base) || view.Strides[^1] != 1)
        {
            return null;
        }

        tests = HiddenValues.TestsOf(rows, views, mask, products, weights, node => ReferenceEquals(node, weights) || !buffers.IsStored(node), out Node? lowest);
        tests = lowest is null || IsInMemory(rows, lowest) ? tests : null;
        int[] offsets = Offsets(mask.Shape, view.Strides, [.. Enumerable.Range(0, mask.Shape.Rank - 1)], view.Offset);
        return new ScoreMask(buffers.Of(view.Base), offsets, nest.N, factor is null ? null : buffers.Of(factor), factor is null ? null : _ends.GetValueOrDefault(factor), lowest is null || tests is null ? null : buffers.Of(lowest), nest.Batch);
    }

    // What a score is multiplied with, if that is as many float32 in memory, in the same order.
    Node? FactorOf(Group rows, Node scores, Node product)
    {
        if (product.Primitive != ArithmeticMaps.Multiply || scores.Type != DType.Float32)
        {
            return null;
        }

        int other = ReferenceEquals(views[product.Inputs[0]].Base, scores) ? 1 : 0;
        View view = views[product.Inputs[other]];
        bool isScore = ReferenceEquals(views[product.Inputs[1 - other]].Base, scores);
        return isScore && view.IsWhole(product.Shape) && view.Base.Shape.Size == scores.Shape.Size && IsInMemory(rows, view.Base) ? view.Base : null;
    }

    bool IsInMemory(Group rows, Node node) => node.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal) && !inline.Contains(node) && !rows.Nodes.Contains(node) && buffers.IsStored(node);

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
