using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Structure;

namespace Ashlar.Schedule;

/// <summary>Computes large values again where they are read much later, if one value of their launch, kept instead of them, is enough for that: GELU and its gradient from the product before it,
/// what a norm gives from what it centres.</summary>
/// <remarks>Decided by bytes: what is written, kept and read again is saved, and a second run of maps over what is read anyway is paid. The maps wait for what their reader waits for, so they join its launch, or run right before a product.
/// Values are computed by the same steps, so the bits are the same. A function of the graph alone.</remarks>
sealed class Rematerializer
{
    // Smaller values stay in the second-level cache, or cost little memory.
    const long FewBytes = 1 << 18;

    // A reader so many launches later is far: what lies between would have to be kept beside the value.
    const int FarLaunches = 5;

    // Steps for each element of a value that is computed again: an error function takes half as many.
    const int MostSteps = 128;
    const int SmallShare = 8;

    readonly PlanGraph _graph;
    readonly Dictionary<Node, View> _views;
    readonly Launches _launches;
    readonly HashSet<Node> _roots;
    readonly Dictionary<Node, List<Node>> _readers = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Node, Node> _anchorOf = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Node, Node> _new = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(Node, Group), Node> _again = [];

    Rematerializer(PlanGraph graph, Dictionary<Node, View> views, Launches launches)
    {
        (_graph, _views, _launches, _roots) = (graph, views, launches, new HashSet<Node>(graph.Roots, ReferenceEqualityComparer.Instance));
        foreach (Node node in graph.Order().Where(node => node.Primitive.Lowering != Lowering.View))
        {
            foreach (Node input in node.Inputs)
            {
                Node source = views[input].Base;
                if (!_readers.TryGetValue(source, out List<Node>? readers))
                {
                    _readers[source] = readers = [];
                }

                readers.Add(node);
            }
        }
    }

    /// <summary>The graph with values that are computed again, or null if none is; views of its new nodes are added.</summary>
    public static PlanGraph? Run(PlanGraph graph, Dictionary<Node, View> views, Launches launches)
    {
        var rematerializer = new Rematerializer(graph, views, launches);
        foreach (Group group in launches.Groups)
        {
            rematerializer.Choose(group);
        }

        return rematerializer._anchorOf.Count == 0 ? null : rematerializer.Rewrite();
    }

    // The one value from which most others that are kept for later can be had.
    void Choose(Group group)
    {
        List<Node> kept = [.. BufferPlan.Computed(group).Where(node => Bytes(node) >= FewBytes && !_roots.Contains(node) && Late(node).Any())];
        if (kept.Count < 2 || group.Kind is GroupKind.Attention or GroupKind.Library)
        {
            return;
        }

        (Node? best, List<Node> others, long most) = (null, [], 0);
        foreach (Node anchor in group.Root is { } root && !kept.Contains(root) ? [root, .. kept] : kept)
        {
            List<Node> derived = [.. kept.Where(node => !ReferenceEquals(node, anchor) && Late(node).All(reader => WaitOf(group, node, reader) is not null) && StepsFrom(group, node, anchor) is <= MostSteps)];
            long gain = derived.Sum(Bytes) - (kept.Contains(anchor) ? 0 : Bytes(anchor));
            (best, others, most) = gain > most ? (anchor, derived, gain) : (best, others, most);
        }

        if (most >= FewBytes)
        {
            others.ForEach(node => _anchorOf[node] = best!);
        }
    }

    // The steps that compute a node again from one value of its launch, from leaves and from small values; null if that is not all it takes.
    int? StepsFrom(Group group, Node node, Node anchor)
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        return Visit(node) ? seen.Sum(map => ((MapPrimitive)map.Primitive).Program(Array.ConvertAll(map.Inputs.ToArray(), input => input.Type), map.Attributes).Instructions.Length) : null;

        bool Visit(Node map)
        {
            if (map.Primitive is not MapPrimitive || _launches.GroupOf.GetValueOrDefault(map) != group)
            {
                return false;
            }

            return !seen.Add(map) || map.Inputs.ToArray().All(input =>
            {
                Node source = _views[input].Base;
                return ReferenceEquals(source, anchor) ? _views[input].IsWhole(input.Shape) : IsAtHand(source, map) || (_views[input].IsWhole(input.Shape) && Visit(source));
            });
        }
    }

    static bool IsAtHand(Node source, Node map) => source.Primitive.Lowering is Lowering.Source or Lowering.Literal or Lowering.Iota || (long)source.Shape.Size * SmallShare <= map.Shape.Size;

    IEnumerable<Node> Late(Node node) => _readers.GetValueOrDefault(node, []).Where(reader => IsFar(_launches.GroupOf.GetValueOrDefault(node), _launches.GroupOf.GetValueOrDefault(reader)));

    // What is computed by its readers has no launch; it is never far.
    static bool IsFar(Group? group, Group? reader) => group is not null && reader is not null && reader.Number - group.Number >= FarLaunches;

    // What a reader waits for besides the node: a value that comes late too. Null if there is none, or the reader takes no maps.
    Node? WaitOf(Group group, Node node, Node reader)
    {
        Group late = _launches.GroupOf[reader];
        if (late.Kind is GroupKind.Attention or GroupKind.Library)
        {
            return null;
        }

        if (late.Root is { Primitive.Lowering: Lowering.Dot } root && !ReferenceEquals(root, reader))
        {
            return root;
        }

        bool isOperand = ReferenceEquals(late.Root, reader);
        Node? wait = null;
        foreach (Node source in (isOperand ? [reader] : BufferPlan.Computed(late)).SelectMany(inner => inner.Inputs.ToArray()).Select(input => _views[input].Base))
        {
            Group? before = _launches.GroupOf.GetValueOrDefault(source);
            bool isLater = before is not null && before != late && IsFar(group, before) && before.Number > (wait is null ? -1 : _launches.GroupOf[wait].Number);
            wait = isLater && !ReferenceEquals(source, node) ? source : wait;
        }

        return wait;
    }

    PlanGraph Rewrite()
    {
        foreach (Node node in _graph.Order())
        {
            New(node);
        }

        return _graph with { Outputs = [.. _graph.Outputs.Select(New)], Assigned = [.. _graph.Assigned.Select(assigned => (New(assigned.Value), assigned.Slot))] };
    }

    Node New(Node node)
    {
        if (!_new.TryGetValue(node, out Node? made))
        {
            _new[node] = made = With(node, Array.ConvertAll(node.Inputs.ToArray(), input => InputOf(node, input)));
        }

        return made;
    }

    Node InputOf(Node reader, Node input)
    {
        Node source = _views[input].Base;
        bool again = reader.Primitive.Lowering != Lowering.View && _anchorOf.ContainsKey(source) && IsFar(_launches.GroupOf[source], _launches.GroupOf.GetValueOrDefault(reader));
        return again ? Moved(input, Again(source, source, reader)) : New(input);
    }

    // The node computed again for the launch of a reader.
    Node Again(Node node, Node kept, Node reader)
    {
        Group late = _launches.GroupOf[reader];
        if (_again.TryGetValue((node, late), out Node? made))
        {
            return made;
        }

        Group group = _launches.GroupOf[kept];
        Node anchor = _anchorOf[kept];
        made = With(node, Array.ConvertAll(node.Inputs.ToArray(), input =>
        {
            Node source = _views[input].Base;
            return ReferenceEquals(source, anchor) ? Moved(input, Make(AfterPrimitive.Instance, [New(anchor), New(WaitOf(group, kept, reader)!)], null))
                : IsAtHand(source, node) ? New(input)
                : Moved(input, Again(source, kept, reader));
        }));
        _again.Add((node, late), made);
        return made;
    }

    // The movements of an input over another base.
    Node Moved(Node input, Node onto) => input.Primitive.Lowering == Lowering.View ? Make(input.Primitive, [Moved(input.Inputs[0], onto)], input.Attributes) : onto;

    Node With(Node node, Node[] inputs) => inputs.AsSpan().SequenceEqual(node.Inputs) ? node : Make(node.Primitive, inputs, node.Attributes);

    Node Make(Primitive primitive, Node[] inputs, Attributes? attributes)
    {
        var made = new Node(primitive, inputs, attributes);
        _views.Add(made, primitive.Lowering == Lowering.View ? _views[inputs[0]].Move(made)! : View.Whole(made));
        return made;
    }

    static long Bytes(Node node) => (long)node.Shape.Size * node.Type.ItemSize;
}
