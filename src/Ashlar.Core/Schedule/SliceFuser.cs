using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Schedule;

/// <summary>Makes one launch of reductions that keep the same axes and of maps that read what they give, such as batch norm with its gradients: slice by slice, channel by channel,
/// each passes over what is still in the cache instead of over all.</summary>
/// <remarks>What one member gives another must be one value for each slice; the order of additions inside a result stays as it is.</remarks>
sealed class SliceFuser
{
    // A chunk takes whole slices: fewer would leave threads without work.
    const int FewestSlices = 16;

    // Elements of a slice that a cache can hold until the next member passes over them.
    const int LongestSlice = 1 << 20;

    readonly Launches _launches;
    readonly Dictionary<Node, View> _views;
    readonly LaunchGraph _graph;

    SliceFuser(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots) => (_launches, _views, _graph) = (launches, views, new LaunchGraph(launches, views, roots));

    /// <summary>Joins what can be joined and numbers the launches anew.</summary>
    public static Launches Run(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots)
    {
        if (!launches.Groups.Exists(IsOfSlices))
        {
            return launches;
        }

        var fuser = new SliceFuser(launches, views, roots);
        var groups = new List<Group>(launches.Groups);
        for (int i = 0; i < groups.Count; i++)
        {
            if (IsOfSlices(groups[i]) && fuser.Members(groups, i) is { Count: > 1 } members)
            {
                groups[groups.IndexOf(members[^1])] = fuser.Join(members);
                groups.RemoveAll(members.Contains);
                i--;
            }
        }

        return groups.Count == launches.Groups.Count ? launches : launches with { Groups = fuser._graph.Ordered(groups) };
    }

    /// <summary>The axes of the space that a reduction keeps, if they stand side by side and the last is none of them.</summary>
    /// <returns>The first of them, and one past the last; an empty range if there are none such.</returns>
    public static Range Kept(Node root)
    {
        Shape shape = root.Inputs[0].Shape;
        ReadOnlySpan<int> reduced = ((ReduceAttributes)root.Attributes!).Axes;
        (int axis, int first, int end) = (0, 0, 0);
        for (int i = 0; i < shape.Rank; i++)
        {
            if (shape[i] == 1)
            {
                continue;
            }

            if (!reduced.Contains(i))
            {
                first = end == 0 ? axis : first;
                if (end != 0 && end != axis)
                {
                    return default;
                }

                end = axis + 1;
            }

            axis++;
        }

        return end == axis ? default : first..end;
    }

    static bool IsOfSlices(Group group) => group.Kind == GroupKind.Reduce && !Kept(group.Root!).Equals(default) && group.Root!.Shape.Size >= FewestSlices
        && Space.Size(group.Extents) / group.Root.Shape.Size is > 0 and <= LongestSlice;

    // A reduction with what follows it, in the order in which they run.
    List<Group> Members(List<Group> groups, int first)
    {
        Group seed = groups[first];
        Range kept = Kept(seed.Root!);
        List<Group> members = [seed];
        var near = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        Read(seed, BufferPlan.Computed(seed), near);
        foreach (Group group in groups.Skip(first + 1))
        {
            bool isAlike = group.Extents.AsSpan().SequenceEqual(seed.Extents) && (group.Kind == GroupKind.Map || (IsOfSlices(group) && Kept(group.Root!).Equals(kept)));
            if (!isAlike || !BufferPlan.Computed(group).All(node => Fits(members, kept, group, node)))
            {
                continue;
            }

            var read = new HashSet<Node>(ReferenceEqualityComparer.Instance);
            Read(group, BufferPlan.Computed(group), read);
            if (read.Overlaps(near) && _graph.AreFreeOfOthers([.. members, group]))
            {
                members.Add(group);
                near.UnionWith(read);
            }
        }

        return members;
    }

    // What the nodes read that has as many elements as the space.
    void Read(Group group, IEnumerable<Node> nodes, HashSet<Node> read)
    {
        foreach (Node input in nodes.SelectMany(node => node.Inputs.ToArray()))
        {
            Node source = _views[input].Base;
            if (_launches.Inline.Contains(source))
            {
                Read(group, [source], read);
            }
            else if (source.Shape.Size >= Space.Size(group.Extents) && _launches.GroupOf.GetValueOrDefault(source) != group)
            {
                read.Add(source);
            }
        }
    }

    // Whether the node reads of the members only values of the slice that it stands in.
    bool Fits(List<Group> members, Range kept, Group group, Node node)
    {
        foreach (Node input in node.Inputs)
        {
            View view = _views[input];
            if (_launches.Inline.Contains(view.Base))
            {
                if (!Fits(members, kept, group, view.Base))
                {
                    return false;
                }
            }
            else if (_launches.GroupOf.TryGetValue(view.Base, out Group? source) && members.Contains(source) && !IsOfSlice(group.Extents, kept, view, input.Shape))
            {
                return false;
            }
        }

        return true;
    }

    // One value for each slice: read by another such value, or repeated along the slice.
    static bool IsOfSlice(int[] extents, Range kept, View view, Shape shape)
    {
        int[] slices = extents[kept];
        if (!Space.Of(view.Base.Shape).AsSpan().SequenceEqual(slices) || view.Offset != 0)
        {
            return false;
        }

        int[] strides = Space.Strides(shape, view.Strides);
        int[] own = Space.Contiguous(slices);
        int first = kept.Start.Value;
        return Space.Of(shape).AsSpan().SequenceEqual(slices) ? strides.AsSpan().SequenceEqual(own)
            : strides.Length == extents.Length && strides[kept].AsSpan().SequenceEqual(own)
                && !strides.AsSpan(0, first).ContainsAnyExcept(0) && !strides.AsSpan(first + own.Length).ContainsAnyExcept(0);
    }

    Group Join(List<Group> members)
    {
        var joined = new Group(members[^1].Number, GroupKind.Slices, members[0].Root!.Inputs[0].Shape);
        joined.Parts.AddRange(members);
        foreach (Group member in members)
        {
            joined.Decisions.AddRange(member.Decisions);
        }

        foreach (Node node in BufferPlan.Computed(joined))
        {
            _launches.GroupOf[node] = joined;
        }

        _graph.Join([.. members], joined);
        return joined;
    }
}
