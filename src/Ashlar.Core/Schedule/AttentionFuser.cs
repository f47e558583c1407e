using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Contract;

namespace Ashlar.Schedule;

/// <summary>Makes one launch of a product, rows over its result and a product that contracts the rows' columns: attention, and twice its gradient.</summary>
/// <remarks>Blocks of rows pass through all three while they are in the cache, so scores that nothing else reads are never stored. Which launches are joined follows from the graph alone.</remarks>
sealed class AttentionFuser
{
    // Scores of one product that the second-level cache cannot hold. Fewer gain nothing by blocks, and each block packs the second operands anew.
    const int ManyScores = 1 << 19;

    readonly Dictionary<Node, View> _views;
    readonly Launches _launches;
    readonly LaunchGraph _graph;

    AttentionFuser(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots) => (_views, _launches, _graph) = (views, launches, new LaunchGraph(launches, views, roots));

    /// <summary>Joins what can be joined and numbers the launches anew.</summary>
    public static Launches Run(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots)
    {
        if (!launches.Groups.Exists(group => group.Kind == GroupKind.Row) || launches.Groups.Count(group => group.Kind == GroupKind.Contract) < 2)
        {
            return launches;
        }

        var fuser = new AttentionFuser(launches, views, roots);
        var groups = new List<Group>(launches.Groups);
        foreach (Group second in launches.Groups)
        {
            if (fuser.RowsBefore(second) is { } rows && fuser.ScoresBefore(rows, second) is { } scores && fuser._graph.AreFreeOfOthers([scores, rows, second]))
            {
                groups.RemoveAll(group => group == scores || group == rows);
                groups[groups.IndexOf(second)] = fuser.Join(scores, rows, second);
            }
        }

        return groups.Count == launches.Groups.Count ? launches : launches with { Groups = fuser._graph.Ordered(groups) };
    }

    // The rows whose elements are the left operand of a product over their columns; null if they are not.
    Group? RowsBefore(Group second)
    {
        if (second.Kind != GroupKind.Contract || second.Root!.Attributes is not DotAttributes dot)
        {
            return null;
        }

        Node weights = second.Root.Inputs[0];
        View view = _views[weights];
        if (_launches.GroupOf.GetValueOrDefault(view.Base) is not { Kind: GroupKind.Row } rows || !view.IsWhole(weights.Shape) || !rows.IsFull(view.Base.Shape))
        {
            return null;
        }

        int[] axes = [.. dot.BatchA, .. dot.FreeA(weights.Shape.Rank), .. dot.ContractA];
        bool inOrder = axes.SequenceEqual(Enumerable.Range(0, weights.Shape.Rank));
        bool reads = Reads(second.Nodes, rows) || _launches.GroupOf.GetValueOrDefault(_views[second.Root.Inputs[1]].Base) == rows;
        return inOrder && !reads && Size(weights, dot.ContractA) == Space.Size(rows.Extents.AsSpan(rows.RowAxes)) ? rows : null;
    }

    // The product whose result the rows read; null if there is none that can be cut into the same blocks of rows.
    Group? ScoresBefore(Group rows, Group second)
    {
        Group? scores = null;
        foreach (Node node in rows.Nodes)
        {
            foreach (Node input in node.Inputs)
            {
                if (_launches.GroupOf.TryGetValue(_views[input].Base, out Group? source) && source.Kind == GroupKind.Contract && source.Number > (scores?.Number ?? -1))
                {
                    scores = source;
                }
            }
        }

        if (scores?.Root!.Attributes is not DotAttributes dot || !scores.Extents.AsSpan().SequenceEqual(rows.Extents))
        {
            return null;
        }

        foreach (Node input in rows.Nodes.SelectMany(node => node.Inputs.ToArray()))
        {
            View view = _views[input];
            if (_launches.GroupOf.GetValueOrDefault(view.Base) == scores && !view.IsWhole(input.Shape))
            {
                return null;
            }
        }

        Node a = scores.Root.Inputs[0];
        Node b = scores.Root.Inputs[1];
        var next = (DotAttributes)second.Root!.Attributes!;
        int[] free = dot.FreeA(a.Shape.Rank);
        Node weights = second.Root.Inputs[0];
        bool fits = Size(b, dot.FreeB(b.Shape.Rank)) == Size(weights, next.ContractA) && Size(a, free) == Size(weights, next.FreeA(weights.Shape.Rank));
        bool even = free.Count(axis => a.Shape[axis] != 1) <= 1;
        bool reads = Reads(second.Nodes, scores) || _launches.GroupOf.GetValueOrDefault(_views[second.Root.Inputs[1]].Base) == scores;
        bool worth = Size(weights, next.BatchA) > 1 || scores.Root.Shape.Size >= ManyScores;
        return fits && even && !reads && worth && scores.Root.Type == second.Root.Type && scores.Root.Shape.Size > 0 ? scores : null;
    }

    Group Join(Group scores, Group rows, Group second)
    {
        var joined = new Group(second.Number, GroupKind.Attention, second.Root!.Shape) { Root = second.Root, Scores = scores, Rows = rows };
        joined.Before.AddRange([scores.Root!, .. scores.Nodes, .. rows.Nodes]);
        joined.Nodes.AddRange(second.Nodes);
        foreach (Group member in (Group[])[scores, rows, second])
        {
            joined.Decisions.AddRange(member.Decisions);
        }

        joined.Decisions.Add(() => $"{scores.Root!.Primitive.Name}, rows and {second.Root.Primitive.Name} run in blocks of rows");
        foreach (Node node in BufferPlan.Computed(joined))
        {
            _launches.GroupOf[node] = joined;
        }

        _graph.Join([scores, rows, second], joined);
        return joined;
    }

    bool Reads(List<Node> nodes, Group group) => nodes.Exists(node => Array.Exists(node.Inputs.ToArray(), input => _launches.GroupOf.GetValueOrDefault(_views[input].Base) == group));

    static int Size(Node node, ReadOnlySpan<int> axes)
    {
        int size = 1;
        foreach (int axis in axes)
        {
            size *= node.Shape[axis];
        }

        return size;
    }
}
