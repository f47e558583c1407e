using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>A pending graph read in canonical order: the leaves to bind, and the words of its key.</summary>
sealed class RecordedGraph
{
    const int SlotWord = -1;

    // What most nodes need: primitive, inputs, dtype, rank, extents.
    const int WordsOfNode = 8;

    const int SlotsAtFirst = 4;
    const int FewNodes = 4096;

    // Graphs of few nodes write their keys here, one after another: a key is looked up before the next graph is read, both under the evaluator's gate.
    static readonly KeyWriter KeyOfFew = new();

    readonly List<Node> _order;
    readonly int[] _places;

    RecordedGraph(List<Node> order, int[] places, List<Node> slots, List<int> outputs, Assignment[] assignments, KeyWriter key)
    {
        _order = order;
        _places = places;
        Slots = slots;
        Outputs = outputs;
        Assignments = assignments;
        Key = key;
    }

    /// <summary>The leaves, in the order of their slots.</summary>
    public List<Node> Slots { get; }

    /// <summary>Places of the nodes whose values are results.</summary>
    public List<int> Outputs { get; }

    public Assignment[] Assignments { get; }

    /// <summary>Valid until the next graph is read.</summary>
    public KeyWriter Key { get; }

    public Node NodeAt(int place) => _order[place];

    public List<Node> Order => _order;

    public static RecordedGraph Read(ReadOnlySpan<Node> roots, ReadOnlySpan<Assignment> assignments, ExecutionOptions options)
    {
        ReadOnlySpan<Node> all = assignments.Length == 0 ? roots : WithValues(roots, assignments);

        lock (GraphWalk.Gate)
        {
            List<Node> order = GraphWalk.PostOrderMarked(all, IsPending);
            KeyWriter key = order.Count <= FewNodes ? KeyOfFew : new KeyWriter(32 + (WordsOfNode * order.Count));
            key.Clear();
            key.Write((options.Executor == Executor.Reference ? 2 : (int)options.Executor) | (options.Fusion ? 16 : 0) | (options.Fast ? 32 : 0));
            var slots = new List<Node>(SlotsAtFirst);
            var outputs = new List<int>(roots.Length);
            bool isAskedAgain = false;
            Dictionary<Node, int>? slotOf = assignments.Length == 0 ? null : new(ReferenceEqualityComparer.Instance);
            foreach (Node node in order)
            {
                Write(node);
            }

            key.Write(SlotWord - 1);
            foreach (Node root in roots)
            {
                AddOutput(root);
            }

            foreach (Node node in isAskedAgain ? order : [])
            {
                if (node.IsKept && node.Value is null)
                {
                    AddOutput(node);
                }

                // What an earlier plan passed and new work asks for again is computed this once more, and kept.
                foreach (Node input in node.Value is null && !node.WasPassed ? node.Inputs : [])
                {
                    Node source = input;
                    while (source.Value is null && source.Lowering == Lowering.View)
                    {
                        source = source.Inputs[0];
                    }

                    if (source.WasPassed && source.Lowering is not (Lowering.Literal or Lowering.Iota))
                    {
                        AddOutput(source);
                    }
                }
            }

            foreach (int output in outputs)
            {
                key.Write(output);
            }

            foreach (Assignment assignment in assignments)
            {
                key.Write(assignment.Value.Place);
                key.Write(assignment.Variable.Snapshots || !assignment.Variable.HasValue ? SlotWord : slotOf!.GetValueOrDefault(assignment.Variable.Leaf, SlotWord));
            }

            int[] places = assignments.Length == 0 ? [] : new int[assignments.Length];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = assignments[i].Value.Place;
            }

            return new RecordedGraph(order, places, slots, outputs, assignments.ToArray(), key);

            void Write(Node node)
            {
                isAskedAgain |= node.IsKept || node.WasPassed;
                if (!node.IsPending)
                {
                    slotOf?.Add(node, slots.Count);
                    slots.Add(node);
                    key.Write(SlotWord);
                    key.Write(node.Value is null ? 1 : 0);
                }
                else
                {
                    key.Write(node.Primitive.Number);
                    node.Attributes?.WriteKey(key);
                    foreach (Node input in node.Inputs)
                    {
                        key.Write(input.Place);
                    }
                }

                key.Write((int)node.Type);
                key.Write(node.Shape.Extents);
            }

            void AddOutput(Node node)
            {
                if (node.IsPending && !outputs.Contains(node.Place))
                {
                    outputs.Add(node.Place);
                }
            }
        }
    }

    /// <summary>The same graph with slots for leaves: what a plan is made from and keeps.</summary>
    public PlanGraph Skeleton()
    {
        var copies = new Node[_order.Count];
        var place = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        int slot = 0;
        for (int i = 0; i < copies.Length; i++)
        {
            Node node = _order[i];
            place[node] = i;
            copies[i] = node.Value is not null || node.Primitive.Lowering == Lowering.Source
                ? Node.Slot(node.Shape, node.Type, slot++)
                : new Node(node.Primitive, [.. node.Inputs.ToArray().Select(input => copies[place[input]])], node.Attributes);
        }

        var assigned = new (Node Value, int Slot)[Assignments.Length];
        for (int i = 0; i < assigned.Length; i++)
        {
            Variable variable = Assignments[i].Variable;
            int own = variable.Snapshots || !variable.HasValue ? -1 : Slots.IndexOf(variable.Leaf);
            assigned[i] = (copies[_places[i]], own);
        }

        return new PlanGraph([.. Slots.Select(leaf => leaf.Value is null)], [.. Outputs.Select(output => copies[output])], assigned);
    }

    static Node[] WithValues(ReadOnlySpan<Node> roots, ReadOnlySpan<Assignment> assignments)
    {
        var all = new Node[roots.Length + assignments.Length];
        roots.CopyTo(all);
        for (int i = 0; i < assignments.Length; i++)
        {
            all[roots.Length + i] = assignments[i].Value;
        }

        return all;
    }

    static bool IsPending(Node node) => node.IsPending;
}
