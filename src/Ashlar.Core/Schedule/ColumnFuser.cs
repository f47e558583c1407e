using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Schedule;

/// <summary>Lets a launch of rows carry sums over its rows: the gradients of a norm's weight and bias are taken while its rows are in the cache, and nothing is stored for them.</summary>
sealed class ColumnFuser
{
    // A chunk takes a few neighbouring rows at a time; narrow ones are not worth the calls.
    const int FewestColumns = 256;

    readonly Launches _launches;
    readonly Dictionary<Node, View> _views;
    readonly LaunchGraph _graph;

    ColumnFuser(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots) => (_launches, _views, _graph) = (launches, views, new LaunchGraph(launches, views, roots));

    /// <summary>Joins what can be joined and numbers the launches anew.</summary>
    public static Launches Run(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots)
    {
        if (!launches.Groups.Exists(IsOverRows) || !launches.Groups.Exists(group => group.Kind == GroupKind.Row))
        {
            return launches;
        }

        var fuser = new ColumnFuser(launches, views, roots);
        var groups = new List<Group>(launches.Groups);
        foreach (Group sum in launches.Groups.Where(IsOverRows))
        {
            if (launches.Groups.FindLast(rows => fuser.Carries(rows, sum)) is { } rows)
            {
                fuser.Join(rows, sum);
                groups.Remove(sum);
            }
        }

        return groups.Count == launches.Groups.Count ? launches : launches with { Groups = fuser._graph.Ordered(groups) };
    }

    static bool IsOverRows(Group group) => group.Kind == GroupKind.Reduce && group.Root!.Type is DType.Float32 or DType.Float64 or DType.Int32 or DType.Int64
        && ((ReduceAttributes)group.Root.Attributes!).Kind == ReduceKind.Sum && RowAxes(group) > 0;

    // How many of the first axes are reduced, if no other is; else 0.
    static int RowAxes(Group sum)
    {
        Shape shape = sum.Root!.Inputs[0].Shape;
        ReadOnlySpan<int> axes = ((ReduceAttributes)sum.Root.Attributes!).Axes;
        int reduced = 0;
        bool kept = false;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            bool counts = shape[axis] != 1;
            if (counts && axes.Contains(axis))
            {
                if (kept)
                {
                    return 0;
                }

                reduced++;
            }

            kept |= counts && !axes.Contains(axis);
        }

        return kept ? reduced : 0;
    }

    // Whether all that the reduction reads is there when the launch has a block of rows in the cache, and nothing else lies between the two.
    bool Carries(Group rows, Group sum)
    {
        if (rows.Kind != GroupKind.Row || rows.RowAxes != RowAxes(sum) || sum.Root!.Shape.Size < FewestColumns || !rows.IsFull(sum.Root.Inputs[0].Shape) || rows.Nodes.Count + sum.Before.Count >= Fuser.MostNodes)
        {
            return false;
        }

        HashSet<Node> near = Read(rows, rows.Nodes);
        near.UnionWith(rows.Nodes);
        List<Node> before = [.. sum.Before, sum.Root];
        return before.TrueForAll(node => Fits(rows, sum, node)) && sum.Nodes.TrueForAll(node => !Reads(node, rows)) && near.IsSupersetOf(Read(sum, before)) && !_graph.Needs(rows, sum) && _graph.AreFreeOfOthers([rows, sum]);
    }

    // What nodes read that has as many elements as the launch's space.
    HashSet<Node> Read(Group group, List<Node> nodes)
    {
        var read = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        nodes.ForEach(Add);
        return read;

        void Add(Node node)
        {
            foreach (Node input in node.Inputs)
            {
                Node source = _views[input].Base;
                if (_launches.Inline.Contains(source))
                {
                    Add(source);
                }
                else if (_launches.GroupOf.GetValueOrDefault(source) != group && source.Shape.Size >= Space.Size(group.Extents) && source.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal))
                {
                    read.Add(source);
                }
            }
        }
    }

    // Whether the rows' own values are read where they stand.
    bool Fits(Group rows, Group sum, Node node)
    {
        foreach (Node input in node.Inputs)
        {
            View view = _views[input];
            bool isOwn = _launches.GroupOf.GetValueOrDefault(view.Base) == rows;
            bool whole = view.IsWhole(input.Shape) && rows.IsFull(view.Base.Shape);
            if ((isOwn && !whole && (ReferenceEquals(node, sum.Root) || !Fuser.IsRowBroadcast(rows, view, input.Shape))) || (_launches.Inline.Contains(view.Base) && Reads(view.Base, rows)))
            {
                return false;
            }
        }

        return true;
    }

    bool Reads(Node node, Group rows) => Array.Exists(node.Inputs.ToArray(), input =>
        _launches.GroupOf.GetValueOrDefault(_views[input].Base) == rows || (_launches.Inline.Contains(_views[input].Base) && Reads(_views[input].Base, rows)));

    void Join(Group rows, Group sum)
    {
        rows.Nodes.AddRange(sum.Before);
        rows.Decisions.AddRange(sum.Decisions);
        rows.Decisions.Add(() => $"{sum.Root!.Primitive.Name} {sum.Root.Attributes} over the rows is carried along");
        foreach (Node node in BufferPlan.Computed(sum))
        {
            _launches.GroupOf[node] = rows;
        }

        sum.Before.Clear();
        rows.Sums.Add(sum);
        _graph.Join([rows, sum], rows);
    }
}
