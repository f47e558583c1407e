using Ashlar.Ir;
using Ashlar.Primitives.Structure;

namespace Ashlar.Schedule;

/// <summary>The order in which launches run: as they were gathered, but one that frees at least the memory that it takes runs as soon as it can.</summary>
/// <remarks>Without it every gradient of a weight would wait for its turn among the results, and with it the activations that it reads. A function of the graph alone.</remarks>
sealed class LaunchOrder
{
    readonly Dictionary<Node, Group> _groupOf;
    readonly Dictionary<Node, View> _views;
    readonly HashSet<Node> _roots;
    readonly Dictionary<Group, HashSet<Group>> _needs = [];
    readonly Dictionary<Group, HashSet<Node>> _reads = [];
    readonly Dictionary<Node, SortedSet<int>> _readers = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Group, SortedSet<int>> _next = [];
    readonly List<Group> _gathered;
    readonly List<Group> _order = [];
    readonly HashSet<Group> _done = [];
    readonly HashSet<Group> _late = [];

    LaunchOrder(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots)
    {
        (_groupOf, _views, _roots, _gathered) = (launches.GroupOf, views, roots, launches.Groups);
        foreach (Group group in _gathered)
        {
            HashSet<Group> needs = _needs[group] = [];
            _reads[group] = new HashSet<Node>(ReferenceEqualityComparer.Instance);
            foreach (Node node in BufferPlan.Computed(group))
            {
                foreach (Node input in node.Inputs)
                {
                    Need(group, input, needs, isRead: true);
                }
            }

            needs.Remove(group);
            foreach (Group needed in needs)
            {
                Of(_next, needed).Add(group.Number);
            }
        }
    }

    /// <summary>For each launch those that must run before it.</summary>
    public static Dictionary<Group, HashSet<Group>> Needs(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots) => new LaunchOrder(launches, views, roots)._needs;

    /// <summary>Numbers the launches anew, in the order in which they run.</summary>
    public static List<Group> Run(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots)
    {
        var arranged = new LaunchOrder(launches, views, roots);
        foreach (Group group in arranged._gathered)
        {
            arranged.Place(group);
        }

        for (int i = 0; i < arranged._order.Count; i++)
        {
            arranged._order[i].Number = i;
        }

        return arranged._order;
    }

    void Place(Group first)
    {
        if (!_done.Add(first))
        {
            return;
        }

        _order.Add(first);
        var waiting = new SortedSet<int>(Candidates(first));
        while (Best(waiting) is { } best)
        {
            foreach (Group group in (Group[])[.. Prepared(best), best])
            {
                _done.Add(group);
                _order.Add(group);
                waiting.UnionWith(Candidates(group));
            }
        }
    }

    // The launch that can run and frees the most, before all others one that makes results alone; the first of equal ones; null if none frees what it takes.
    Group? Best(SortedSet<int> waiting)
    {
        waiting.RemoveWhere(number => _done.Contains(_gathered[number]));
        Group? best = null;
        long most = -1;
        foreach (Group group in waiting.Select(number => _gathered[number]).Where(IsReady))
        {
            long gain = MakesResultsAlone(group) ? long.MaxValue : Gain(group) + Prepared(group).Sum(Gain);
            (best, most) = gain > most ? (group, gain) : (best, most);
        }

        return best;
    }

    bool IsReady(Group group) => _needs[group].All(needed => _done.Contains(needed) || IsPreparation(needed, group));

    // What is computed again for one launch alone runs right before it.
    IEnumerable<Group> Prepared(Group group) => _needs[group].Where(needed => !_done.Contains(needed)).OrderBy(needed => needed.Number);

    bool IsPreparation(Group group, Group reader) => _late.Contains(group) && _next[group].All(number => number == reader.Number) && _needs[group].IsSubsetOf(_done);

    // What reads a result of the launch, or what it read: whose readiness or gain it has changed.
    IEnumerable<int> Candidates(Group group) => _next.GetValueOrDefault(group, []).Concat(_reads[group].SelectMany(node => _readers[node]));

    // Bytes of memory that are free after the launch and were not before.
    long Gain(Group group)
    {
        long gain = 0;
        foreach (Node node in _reads[group])
        {
            bool last = !_roots.Contains(node) && _readers[node].All(reader => reader == group.Number || _done.Contains(_gathered[reader]));
            gain += last ? Bytes(node) : 0;
        }

        foreach (Node node in BufferPlan.Computed(group))
        {
            bool passing = _readers.TryGetValue(node, out SortedSet<int>? readers) && readers.All(reader => IsLastStep(_gathered[reader], group));
            gain -= readers is null || passing || _roots.Contains(node) ? 0 : Bytes(node);
        }

        return gain;
    }

    // Whether a launch can run right after another and makes nothing but results.
    bool IsLastStep(Group reader, Group after) => _needs[reader].All(needed => needed == after || _done.Contains(needed)) && MakesResultsAlone(reader);

    bool MakesResultsAlone(Group group) => BufferPlan.Computed(group).All(node => _roots.Contains(node) || !_readers.ContainsKey(node));

    void Need(Group group, Node input, HashSet<Group> needs, bool isRead)
    {
        for (Node node = input; node.Primitive.Lowering == Lowering.View; node = node.Inputs[0])
        {
            if (node.Primitive is AfterPrimitive)
            {
                Need(group, node.Inputs[1], needs, isRead: false);
                if (group.Kind == GroupKind.Map)
                {
                    _late.Add(group);
                }
            }
        }

        Node source = _views[input].Base;
        if (_groupOf.TryGetValue(source, out Group? computed))
        {
            needs.Add(computed);
            if (isRead && computed != group)
            {
                _reads[group].Add(source);
                Of(_readers, source).Add(group.Number);
            }
        }
        else
        {
            // A map that each reader computes for itself.
            foreach (Node inner in source.Inputs)
            {
                Need(group, inner, needs, isRead);
            }
        }
    }

    static SortedSet<int> Of<TKey>(Dictionary<TKey, SortedSet<int>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out SortedSet<int>? set))
        {
            sets[key] = set = [];
        }

        return set;
    }

    static long Bytes(Node node) => (long)node.Shape.Size * node.Type.ItemSize;
}
