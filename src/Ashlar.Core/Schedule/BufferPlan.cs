using Ashlar.Cpu.Contraction;
using Ashlar.Ir;
using Ashlar.Primitives.Movement;

namespace Ashlar.Schedule;

/// <summary>Which nodes have memory, and where it lies: in a slot, in a result, in a variable, or at an offset of the plan's arena.</summary>
/// <remarks>Arena offsets are given first-fit by the launches between which a value lives, in the order in which they begin, or largest first if that needs less.
/// A map writes over what it reads for the last time.</remarks>
sealed class BufferPlan
{
    const int Alignment = 64;

    readonly Dictionary<Node, int> _bufferOf = new(ReferenceEqualityComparer.Instance);
    readonly List<(nint Bytes, int First, int Last)> _arena = [];
    readonly List<(int Part, int Whole, nint Bytes)> _parts = [];
    readonly Dictionary<Node, int> _lastRead;
    readonly bool[] _inPlace;
    readonly int _changing;

    public BufferPlan(PlanGraph graph, Dictionary<Node, View> views, Launches launches)
    {
        Slots = graph.IsScalarSlot.Length;
        Outputs = graph.Outputs.Length;
        Assigned = graph.Assigned.Length;
        _changing = graph.Changing;
        foreach ((Node node, View view) in views)
        {
            if (view.Base.Primitive.Lowering == Lowering.Source && ReferenceEquals(view.Base, node))
            {
                _bufferOf[node] = (int)node.Bits;
            }
        }

        for (int i = 0; i < Outputs; i++)
        {
            _bufferOf[graph.Outputs[i]] = Slots + i;
        }

        for (int i = 0; i < Assigned; i++)
        {
            _bufferOf[graph.Assigned[i].Value] = Slots + Outputs + i;
        }

        _lastRead = LastReads(graph, views, launches);
        _inPlace = [.. graph.Assigned.Select(assigned => InPlaceRule.Allows(graph, views, launches, assigned.Value, assigned.Slot))];
        foreach (Group group in launches.Groups)
        {
            foreach (Node node in Computed(group))
            {
                if (!_bufferOf.ContainsKey(node) && _lastRead.TryGetValue(node, out int last) && (last > group.Number || IsHandedOn(group, node)))
                {
                    _bufferOf[node] = TakeOver(node, group, last, views, launches) ?? Take((nint)node.Shape.Size * node.Type.ItemSize, group.Number, last);
                }
            }
        }

        foreach (Group group in launches.Groups)
        {
            if (group.Root is { Primitive: ConcatPrimitive } whole)
            {
                PlaceParts(whole, group.Number, views, launches);
            }
        }
    }

    public int Slots { get; }

    public int Outputs { get; }

    public int Assigned { get; }

    /// <summary>Number of buffers, the arena's included.</summary>
    public int Count => Slots + Outputs + Assigned + _arena.Count;

    /// <summary>Whether the node's value is stored for other launches or as a result.</summary>
    public bool IsStored(Node node) => _bufferOf.ContainsKey(node);

    public int Of(Node node) => _bufferOf[node];

    /// <summary>Whether a buffer is the memory of a variable that is assigned.</summary>
    public bool IsAssigned(int buffer) => buffer >= Slots + Outputs && buffer < Slots + Outputs + Assigned;

    public bool IsInArena(Node node) => _bufferOf[node] >= Slots + Outputs + Assigned;

    /// <summary>Whether the operands of a concatenation are computed where its result wants them, so that nothing is left to do.</summary>
    public bool IsPlaced(Node whole, Dictionary<Node, View> views) => _bufferOf[whole] - Slots - Outputs - Assigned is >= 0 and int place && whole.Inputs.ToArray().All(input => IsPart(_bufferOf[views[input].Base], place));

    /// <summary>Whether a later launch reads the node.</summary>
    public bool IsReadAfter(Node node, int launch) => _lastRead.GetValueOrDefault(node) > launch;

    /// <summary>Whether the node's value goes over the value of the variable that the plan reads.</summary>
    public bool IsInPlace(Node node) => _bufferOf[node] - Slots - Outputs is int assignment && assignment >= 0 && assignment < Assigned && _inPlace[assignment];

    /// <summary>Whether an assignment goes over the value of the variable that the plan reads.</summary>
    public bool IsInPlace(int assignment) => _inPlace[assignment];

    /// <summary>Memory for the inside of one launch.</summary>
    public int Temporary(nint bytes, int launch) => Take(bytes, launch, launch);

    /// <summary>Slots that runs read in another form: the slot, the form, the buffer that the form is bound to, and whether only once many runs have read the same value; until then the buffer is unbound.</summary>
    public List<(int Slot, KeptLayout Form, int Buffer, bool IfOften)> Kept { get; } = [];

    /// <summary>Whether a buffer is a slot: the value of a leaf.</summary>
    public bool IsSlot(int buffer) => buffer < Slots;

    /// <summary>Whether a buffer is a slot that has the same value in every run.</summary>
    public bool IsConstant(int buffer) => buffer >= _changing && buffer < Slots;

    /// <summary>The buffer of a constant in another form.</summary>
    public int InForm(int slot, KeptLayout form) => InForm(slot, form, ifOften: false);

    /// <summary>The buffer of a leaf in another form, bound once many runs have read the same value.</summary>
    public int InFormIfOften(int slot, KeptLayout form) => InForm(slot, form, ifOften: true);

    int InForm(int slot, KeptLayout form, bool ifOften)
    {
        _arena.Add((0, 0, -1));
        Kept.Add((slot, form, Count - 1, ifOften));
        return Count - 1;
    }

    /// <summary>Lets a node use the memory of another, which is written over it.</summary>
    public void Share(Node node, Node host)
    {
        int own = _bufferOf[node] - Slots - Outputs - Assigned;
        _arena[own] = (0, 0, -1);
        _bufferOf[node] = _bufferOf[host];
    }

    /// <summary>The offset of each arena buffer, and the bytes of all.</summary>
    public (nint[] Offsets, nint Bytes) Lay()
    {
        // The last concatenation first: what is part of a part lies in the whole.
        (nint[] offsets, nint bytes) = LayWholes();
        foreach ((int part, int whole, nint before) in Enumerable.Reverse(_parts))
        {
            offsets[part] = offsets[whole] + before;
        }

        return (offsets, bytes);
    }

    (nint[] Offsets, nint Bytes) LayWholes()
    {
        int[] used = [.. Enumerable.Range(0, _arena.Count).Where(i => _arena[i].Bytes > 0)];
        (nint[] Offsets, nint Bytes) inTime = Lay(used.OrderBy(i => _arena[i].First).ThenByDescending(i => _arena[i].Bytes).ThenBy(i => i));
        if (inTime.Bytes == MostAlive(used))
        {
            return inTime;
        }

        (nint[] Offsets, nint Bytes) largestFirst = Lay(used.OrderByDescending(i => _arena[i].Bytes).ThenBy(i => _arena[i].First).ThenBy(i => i));
        return largestFirst.Bytes < inTime.Bytes ? largestFirst : inTime;
    }

    nint MostAlive(int[] used)
    {
        var change = new SortedDictionary<int, nint>();
        foreach (int i in used)
        {
            change[_arena[i].First] = change.GetValueOrDefault(_arena[i].First) + Rounded(_arena[i].Bytes);
            change[_arena[i].Last + 1] = change.GetValueOrDefault(_arena[i].Last + 1) - Rounded(_arena[i].Bytes);
        }

        nint alive = 0;
        return change.Values.Aggregate((nint)0, (most, by) => Math.Max(most, alive += by));
    }

    // Each in turn at the lowest place that is free for as long as it lives.
    (nint[] Offsets, nint Bytes) Lay(IEnumerable<int> order)
    {
        var offsets = new nint[_arena.Count];
        var placed = new List<int>();
        nint total = 0;
        foreach (int i in order)
        {
            nint offset = 0;
            foreach (int other in placed.Where(p => Overlap(_arena[p], _arena[i])).OrderBy(p => offsets[p]))
            {
                if (offset + _arena[i].Bytes <= offsets[other])
                {
                    break;
                }

                offset = Math.Max(offset, offsets[other] + Rounded(_arena[other].Bytes));
            }

            offsets[i] = offset;
            placed.Add(i);
            total = Math.Max(total, offset + Rounded(_arena[i].Bytes));
        }

        return (offsets, total);
    }

    /// <summary>The nodes that a launch computes.</summary>
    public static IEnumerable<Node> Computed(Group group)
    {
        foreach (Node node in group.Before)
        {
            yield return node;
        }

        if (group.Root is { } root)
        {
            yield return root;
        }

        foreach (Node node in group.Nodes)
        {
            yield return node;
        }

        foreach (Node node in group.Sums.Concat(group.Parts).SelectMany(Computed))
        {
            yield return node;
        }
    }

    // Whether the node has memory though its launch alone reads it.
    static bool IsHandedOn(Group group, Node node) => ReferenceEquals(node, group.Root) || group.Sums.Exists(sum => ReferenceEquals(sum.Root, node))
        || group.Parts.Exists(part => ReferenceEquals(part.Root, node) || (part.Kind == GroupKind.Reduce && part.Nodes.Contains(node)));

    static Dictionary<Node, int> LastReads(PlanGraph graph, Dictionary<Node, View> views, Launches launches)
    {
        var last = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (Node node in graph.Order())
        {
            if (launches.GroupOf.TryGetValue(node, out Group? group))
            {
                Read(node, group.Number);
            }
        }

        return last;

        // What a reader computes again it reads the operands of.
        void Read(Node node, int launch)
        {
            foreach (Node input in node.Inputs)
            {
                Node source = views[input].Base;
                last[source] = Math.Max(last.GetValueOrDefault(source), launch);
                if (launches.Inline.Contains(source))
                {
                    Read(source, launch);
                }
            }
        }
    }

    bool IsPart(int buffer, int whole) => _parts.Exists(part => part.Part == buffer - Slots - Outputs - Assigned && part.Whole == whole);

    // Operands that follow each other in the result are computed there: if all of them have memory of their own in the arena that nobody takes over, and begin at lines of the cache.
    void PlaceParts(Node whole, int launch, Dictionary<Node, View> views, Launches launches)
    {
        int first = Slots + Outputs + Assigned;
        Node[] parts = [.. whole.Inputs.ToArray().Select(input => views[input].Base)];
        bool follow = new Shape(whole.Shape.Extents[..ConcatPrimitive.AxisOf(whole)]).Size == 1 && parts.Distinct().Count() == parts.Length;
        if (!follow || !IsAlone(whole) || !parts.Zip(whole.Inputs.ToArray(), (part, input) => views[input].IsWhole(input.Shape) && !launches.Inline.Contains(part) && IsAlone(part)
            && part.Shape.Size == input.Shape.Size && (nint)part.Shape.Size * part.Type.ItemSize % Alignment == 0).All(fits => fits))
        {
            return;
        }

        nint before = 0;
        int place = _bufferOf[whole] - first;
        foreach (Node part in parts)
        {
            int own = _bufferOf[part] - first;
            _parts.Add((own, place, before));
            before += _arena[own].Bytes;
            _arena[place] = (_arena[place].Bytes, Math.Min(_arena[place].First, _arena[own].First), Math.Max(_arena[place].Last, _arena[own].Last));
            _arena[own] = (0, 0, -1);
        }

        bool IsAlone(Node node) => _bufferOf.TryGetValue(node, out int buffer) && buffer >= first && _arena[buffer - first].Bytes == Math.Max(1, (nint)node.Shape.Size * node.Type.ItemSize) && _bufferOf.Values.Count(other => other == buffer) == 1;
    }

    static bool Overlap((nint Bytes, int First, int Last) a, (nint Bytes, int First, int Last) b) => a.First <= b.Last && b.First <= a.Last;

    /// <summary>Bytes up to where the next buffer may begin.</summary>
    public static nint Rounded(nint bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    // The memory of a value that a launch of maps reads for the last time, element by element at the same places.
    int? TakeOver(Node node, Group group, int last, Dictionary<Node, View> views, Launches launches)
    {
        if (group.Kind != GroupKind.Map)
        {
            return null;
        }

        var read = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var elsewhere = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        group.Nodes.ForEach(Read);
        foreach (Node old in read.Where(old => !elsewhere.Contains(old)))
        {
            int place = _bufferOf.TryGetValue(old, out int buffer) ? buffer - Slots - Outputs - Assigned : -1;
            if (place >= 0 && old.Shape.Size == node.Shape.Size && old.Type.ItemSize == node.Type.ItemSize && _arena[place].Last == group.Number)
            {
                _arena[place] = _arena[place] with { Last = last };
                return buffer;
            }
        }

        return null;

        void Read(Node reader)
        {
            foreach (Node input in reader.Inputs)
            {
                View view = views[input];
                if (launches.Inline.Contains(view.Base))
                {
                    Read(view.Base);
                }
                else
                {
                    (view.IsWhole(input.Shape) && group.IsFull(input.Shape) ? read : elsewhere).Add(view.Base);
                }
            }
        }
    }

    int Take(nint bytes, int first, int last)
    {
        _arena.Add((Math.Max(bytes, 1), first, last));
        return Count - 1;
    }
}
