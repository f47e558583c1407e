using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Structure;

namespace Ashlar.Schedule;

/// <summary>Decides which nodes share a launch.</summary>
/// <remarks>Nodes are visited in order. A node may join only the latest launch that it reads from or a later one, so launches never wait for each other in a circle,
/// and their numbers are the order in which they run. Every decision is a function of the graph alone.</remarks>
sealed class Fuser
{
    const int LongestRow = 16384;
    /// <summary>Most nodes of a launch.</summary>
    public const int MostNodes = 64;

    readonly Dictionary<Node, View> _views;
    readonly bool _fuse;
    readonly Dictionary<Node, List<Node>> _users = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<Node> _roots;
    readonly List<Group> _groups = [];
    readonly Dictionary<Node, Group> _groupOf = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Node, Group> _waits = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Node, Group> _mapped = new(ReferenceEqualityComparer.Instance);
    readonly InlineNodes _inline;

    Fuser(PlanGraph graph, Dictionary<Node, View> views, bool fuse)
    {
        _views = views;
        _fuse = fuse;
        _roots = new HashSet<Node>(graph.Roots, ReferenceEqualityComparer.Instance);
        _inline = new InlineNodes(views, _roots);
    }

    public static Launches Run(PlanGraph graph, Dictionary<Node, View> views, bool fuse)
    {
        var fuser = new Fuser(graph, views, fuse);
        List<Node> order = graph.Order();
        foreach (Node node in order)
        {
            // What is only waited for is not read.
            foreach (Node input in node.Primitive is AfterPrimitive ? node.Inputs[..1] : node.Inputs)
            {
                fuser.Users(input).Add(node);
            }
        }

        foreach (Node node in order)
        {
            fuser.Place(node);
        }

        var gathered = new Launches(fuser._groups, fuser._groupOf, fuser._inline);
        if (fuse)
        {
            gathered = AttentionFuser.Run(gathered, views, fuser._roots);
            gathered = ColumnFuser.Run(gathered, views, fuser._roots);
            gathered = SliceFuser.Run(gathered, views, fuser._roots);
        }

        return gathered with { Groups = LaunchOrder.Run(gathered, views, fuser._roots) };
    }

    void Place(Node node)
    {
        switch (node.Primitive.Lowering)
        {
            case Lowering.Map:
                PlaceMap(node);
                break;
            case Lowering.Reduce:
                PlaceReduce(node);
                break;
            case Lowering.Dot or Lowering.Conv:
                Begin(GroupKind.Contract, node, node.Shape).Root = node;
                break;
            case Lowering.Library when node.Primitive is CallPrimitive:
                PlaceCall(node);
                break;
            case Lowering.Library or Lowering.Region:
                Begin(GroupKind.Library, node, node.Shape).Root = node;
                break;
            case Lowering.View:
                PlaceView(node);
                break;
            default:
                break;
        }
    }

    // Results of one call have one launch.
    void PlaceCall(Node node)
    {
        if (_groups.Find(group => group.Root is { Primitive: CallPrimitive } root && CallPrimitive.AreOfOneCall(root, node)) is { } call)
        {
            Join(call, node);
            return;
        }

        Begin(GroupKind.Library, node, node.Shape).Root = node;
    }

    // The latest launch that a reader of this view must wait for although it reads nothing of it.
    void PlaceView(Node node)
    {
        Group? wait = _waits.GetValueOrDefault(node.Inputs[0]);
        if (node.Primitive is AfterPrimitive && Latest([node.Inputs[1]]) is { } late && (wait is null || late.Number > wait.Number))
        {
            wait = late;
        }

        if (wait is not null)
        {
            _waits[node] = wait;
        }
    }

    void PlaceMap(Node node)
    {
        Group? latest = Latest(node.Inputs);
        if (latest is null && _fuse && _inline.TryAdd(node, Users))
        {
            return;
        }

        string? reason = latest is null ? null : Refusal(latest, node);
        if (latest is not null && _fuse && !IsOfSpace(latest, node) && _inline.TryAddComputed(node, Users))
        {
            return;
        }

        if (latest is not null && reason is null)
        {
            Join(latest, node);
        }
        else if (Sibling(node, latest) is { } sibling)
        {
            Join(sibling, node);
        }
        else
        {
            Group begun = Begin(GroupKind.Map, node, node.Shape);
            begun.Nodes.Add(node);
            if (latest is not null)
            {
                begun.Decisions.Add(() => $"{node.Primitive.Name} does not join launch {latest.Number}: {reason}");
            }
        }

        if (_groupOf[node].Kind == GroupKind.Map)
        {
            foreach (Node input in node.Inputs)
            {
                _mapped[_views[input].Base] = _groupOf[node];
            }
        }
    }

    // A later launch of maps over the same space that reads some of the same memory: the gates of a recurrent step are one launch, though they read different columns.
    Group? Sibling(Node node, Group? latest)
    {
        foreach (Node input in _fuse ? node.Inputs : [])
        {
            Node source = _views[input].Base;
            if (source.Shape.Size > 1 && _mapped.TryGetValue(source, out Group? group) && group.Number > (latest?.Number ?? -1)
                && group.Kind == GroupKind.Map && group.IsFull(node.Shape) && group.Nodes.Count < MostNodes)
            {
                return group;
            }
        }

        return null;
    }

    // Why the node cannot be computed inside the launch; null if it can.
    string? Refusal(Group group, Node node)
    {
        if (!_fuse)
        {
            return "fusion is off";
        }

        if (group.Kind == GroupKind.Library)
        {
            return "a library kernel takes no maps";
        }

        if (group.Nodes.Count + group.Before.Count >= MostNodes)
        {
            return $"it holds {MostNodes} nodes";
        }

        bool full = IsFull(group, node);
        if (!IsOfSpace(group, node))
        {
            return $"its space is {node.Shape}";
        }

        foreach (Node input in node.Inputs)
        {
            View view = _views[input];
            if (!_groupOf.TryGetValue(view.Base, out Group? source) || source != group)
            {
                continue;
            }

            bool whole = view.IsWhole(input.Shape) && group.IsFull(view.Base.Shape) == full;
            if (group.Kind == GroupKind.Reduce)
            {
                whole = view.IsWhole(input.Shape) && !group.Before.Contains(view.Base);
            }

            if (!whole && !(full && IsRowBroadcast(group, view, input.Shape)))
            {
                return $"it reads {view.Base.Primitive.Name} at other places";
            }
        }

        return null;
    }

    static bool IsFull(Group group, Node node) =>
        group.Kind == GroupKind.Reduce ? Space.Of(group.Root!.Shape).AsSpan().SequenceEqual(Space.Of(node.Shape)) : group.IsFull(node.Shape);

    // Whether the launch walks the places of the node. If not, no map over them joins it.
    static bool IsOfSpace(Group group, Node node) => IsFull(group, node) || (group.Kind == GroupKind.Row && group.IsRow(node.Shape));

    // One value per row, repeated along the row.
    internal static bool IsRowBroadcast(Group group, View view, Shape shape)
    {
        if (group.Kind != GroupKind.Row || !group.IsRow(view.Base.Shape) || view.Offset != 0)
        {
            return false;
        }

        int[] strides = Space.Strides(shape, view.Strides);
        int[] rows = Space.Contiguous(group.Extents.AsSpan(0, group.RowAxes));
        return strides.AsSpan(0, group.RowAxes).SequenceEqual(rows) && !strides.AsSpan(group.RowAxes).ContainsAnyExcept(0);
    }

    void PlaceReduce(Node node)
    {
        Node input = node.Inputs[0];
        View view = _views[input];
        Group? source = _groupOf.GetValueOrDefault(view.Base);
        source = _waits.TryGetValue(input, out Group? wait) && wait.Number > source?.Number ? null : source;
        int rows = TrailingRows(input.Shape, ((ReduceAttributes)node.Attributes!).Axes);
        int[] extents = Space.Of(input.Shape);
        int columns = rows < 0 ? 0 : Space.Size(extents.AsSpan(rows));
        if (rows >= 0 && columns is > 1 and <= LongestRow)
        {
            bool whole = _fuse && source is not null && view.IsWhole(input.Shape) && source.IsFull(input.Shape) && source.Nodes.Count < MostNodes;
            if (whole && (source!.Kind == GroupKind.Map || (source.Kind == GroupKind.Row && source.RowAxes == rows)))
            {
                source.Kind = GroupKind.Row;
                source.RowAxes = rows;
                Join(source, node);
                return;
            }

            Group begun = Begin(GroupKind.Row, node, input.Shape);
            begun.RowAxes = rows;
            begun.Nodes.Add(node);
            return;
        }

        if (_fuse && source is { Kind: GroupKind.Map } && view.IsWhole(input.Shape) && source.IsFull(input.Shape) && source.Nodes.All(inner => OnlyFor(inner, source, node)))
        {
            source.Kind = GroupKind.Reduce;
            source.Root = node;
            source.Before.AddRange(source.Nodes);
            source.Nodes.Clear();
            source.Decisions.Add(() => $"{node.Primitive.Name} {node.Attributes} takes the maps before it in, which nothing else reads");
            _groupOf[node] = source;
            return;
        }

        List<Node>? own = _fuse && source is { Kind: GroupKind.Map } && view.IsWhole(input.Shape) && source.IsFull(input.Shape) ? OwnMaps(view.Base, source, node) : null;
        Group reduce = Begin(GroupKind.Reduce, node, input.Shape);
        reduce.Root = node;
        foreach (Node map in own ?? [])
        {
            source!.Nodes.Remove(map);
            reduce.Before.Add(map);
            reduce.Decisions.Add(() => $"{map.Primitive.Name} leaves launch {source.Number}, where nothing else reads it");
            _groupOf[map] = reduce;
        }
    }

    // The maps of a launch that a reduction alone needs, in order; null if something else reads one of them.
    List<Node>? OwnMaps(Node last, Group source, Node reduce)
    {
        var needed = new HashSet<Node>(ReferenceEqualityComparer.Instance) { last };
        for (int i = source.Nodes.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(source.Nodes[i]))
            {
                Need(source.Nodes[i]);
            }
        }

        return needed.All(IsOwn) ? [.. source.Nodes.Where(needed.Contains)] : null;

        void Need(Node node)
        {
            foreach (Node input in node.Inputs)
            {
                Node inner = _views[input].Base;
                if (_inline.Contains(inner))
                {
                    Need(inner);
                }
                else if (_groupOf.GetValueOrDefault(inner) == source)
                {
                    needed.Add(inner);
                }
            }
        }

        bool IsOwn(Node node) => !_roots.Contains(node) && Users(node).TrueForAll(user =>
            ReferenceEquals(user, reduce) || needed.Contains(user) || (user.Primitive.Lowering == Lowering.View && IsOwn(user)));
    }

    // Number of the space's axes before the reduced ones if those are the last, else -1.
    static int TrailingRows(Shape shape, ReadOnlySpan<int> axes)
    {
        int rows = 0;
        bool reduced = false;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            if (axes.Contains(axis))
            {
                reduced = true;
            }
            else if (reduced)
            {
                return -1;
            }
            else
            {
                rows++;
            }
        }

        return reduced ? rows : -1;
    }

    bool OnlyFor(Node inner, Group group, Node reduce)
    {
        if (_roots.Contains(inner))
        {
            return false;
        }

        foreach (Node user in Users(inner))
        {
            bool inside = ReferenceEquals(user, reduce) || (_groupOf.TryGetValue(user, out Group? home) && home == group);
            bool moved = user.Primitive.Lowering == Lowering.View && OnlyFor(user, group, reduce);
            if (!inside && !moved)
            {
                return false;
            }
        }

        return true;
    }

    Group? Latest(ReadOnlySpan<Node> inputs)
    {
        Group? latest = null;
        foreach (Node input in inputs)
        {
            if (_inline.Contains(_views[input].Base) && Latest(_views[input].Base.Inputs) is { } inner && (latest is null || inner.Number > latest.Number))
            {
                latest = inner;
            }

            foreach (Group? source in (Group?[])[_groupOf.GetValueOrDefault(_views[input].Base), _waits.GetValueOrDefault(input)])
            {
                latest = source is not null && (latest is null || source.Number > latest.Number) ? source : latest;
            }
        }

        return latest;
    }

    Group Begin(GroupKind kind, Node node, Shape space)
    {
        var group = new Group(_groups.Count, kind, space);
        _groups.Add(group);
        _groupOf[node] = group;
        return group;
    }

    void Join(Group group, Node node)
    {
        group.Nodes.Add(node);
        group.Decisions.Add(() => $"{node.Primitive.Name} joins");
        _groupOf[node] = group;
    }

    List<Node> Users(Node node)
    {
        if (!_users.TryGetValue(node, out List<Node>? users))
        {
            _users[node] = users = [];
        }

        return users;
    }
}
