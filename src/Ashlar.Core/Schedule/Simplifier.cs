using Ashlar.Calls;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Structure;
using Ashlar.Scalars;

namespace Ashlar.Schedule;

/// <summary>Rewrites a plan's graph without changing a bit: equal nodes become one, markers disappear, and every movement that no strides express becomes a copy.</summary>
/// <remarks>Afterwards every movement is a view of a computed node or slot, operands of library kernels are contiguous, and results are computed nodes.</remarks>
sealed class Simplifier
{
    readonly Dictionary<Node, Node> _new = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Node, int> _uses = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<PlanKey, Node> _known = [];
    readonly Dictionary<Node, int> _numbers = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Node, View> _views = new(ReferenceEqualityComparer.Instance);
    readonly KeyWriter _key = new();

    Simplifier()
    {
    }

    /// <summary>The simplified graph and the view of each of its nodes.</summary>
    public static (PlanGraph Graph, Dictionary<Node, View> Views) Run(PlanGraph graph)
    {
        var simplifier = new Simplifier();
        List<Node> order = graph.Order();
        Node[] keeping = [.. order.Where(node => node.Attributes is LoopAttributes { Plain: not null })];
        foreach (Node node in order.SelectMany(node => node.Inputs.ToArray()).Concat(graph.Roots))
        {
            simplifier._uses[node] = simplifier._uses.GetValueOrDefault(node) + 1;
        }

        foreach (Node node in order)
        {
            simplifier._new[node] = simplifier.Rebuild(node, Attributes(node, keeping));
        }

        var taken = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        Node[] outputs = [.. graph.Outputs.Select(output => simplifier.Result(simplifier.Value(simplifier._new[output]), taken))];
        (Node Value, int Slot)[] assigned = [.. graph.Assigned.Select(a => (simplifier.Result(simplifier._new[a.Value], taken), a.Slot))];
        return (graph with { Outputs = outputs, Assigned = assigned }, simplifier._views);
    }

    // A loop whose gradient wants more of its values stacked runs once, with those.
    static Attributes? Attributes(Node node, Node[] keeping)
    {
        if (node.Attributes is LoopAttributes loop)
        {
            foreach (Node other in keeping)
            {
                var more = (LoopAttributes)other.Attributes!;
                if (more.Plain!.IsSameCall(loop) && node.Inputs.SequenceEqual(other.Inputs))
                {
                    return more.Instead(loop.Result);
                }
            }
        }

        return node.Attributes;
    }

    Node Rebuild(Node node, Attributes? attributes)
    {
        if (node.Primitive is IMarker)
        {
            return _new[node.Inputs[0]];
        }

        var inputs = new Node[node.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = _new[node.Inputs[i]];
            inputs[i] = node.Primitive.Lowering switch
            {
                Lowering.Library or Lowering.Region => Contiguous(inputs[i]),
                Lowering.Dot or Lowering.Conv => Memory(inputs[i]),
                _ => inputs[i],
            };
        }

        if (node.Inputs.Length == 1 && _uses[node.Inputs[0]] == 1 && ExchangedProduct.Of(node, inputs[0]) is { } product)
        {
            return Unique(inputs[0].Primitive, product.Inputs, product.Attributes, node);
        }

        if (node.Primitive.Lowering == Lowering.Conv && ApartGroups.Of(node, inputs) is { } apart)
        {
            return Unique(node.Primitive, [Memory(apart.Inputs[0]), apart.Inputs[1]], apart.Attributes, node);
        }

        if (node.Primitive.Lowering == Lowering.View && _views[inputs[0]].Move(Skeleton(node, inputs)) is null)
        {
            inputs[0] = Copy(inputs[0]);
        }

        return Fold(node, inputs) ?? Unique(node.Primitive, inputs, attributes, node);
    }

    // A map of literals is a literal.
    Node? Fold(Node node, Node[] inputs)
    {
        if (node.Primitive is not MapPrimitive map || !Array.TrueForAll(inputs, input => _views[input].Base.Primitive is LiteralPrimitive))
        {
            return null;
        }

        ScalarProgram program = map.Program(Array.ConvertAll(inputs, input => input.Type), node.Attributes);
        var result = new long[1];
        ScalarInterpreter.Evaluate(program, Array.ConvertAll(inputs, input => ((LiteralAttributes)_views[input].Base.Attributes!).Bits), result, new long[program.Instructions.Length]);
        Node literal = Unique(LiteralPrimitive.Instance, [], new LiteralAttributes(node.Type, result[0]), node);
        var ones = new int[node.Shape.Rank];
        ones.AsSpan().Fill(1);
        Node row = Unique(ReshapePrimitive.Instance, [literal], new Axes("shape", ones), node);
        return Unique(ExpandPrimitive.Instance, [row], new Axes("shape", [.. node.Shape]), node);
    }

    // A result that is all of a computed node in its order is that node: its memory is the result's.
    Node Value(Node node)
    {
        View view = _views[node];
        bool computed = view.Base.Primitive.Lowering is not (Lowering.Source or Lowering.Literal);
        return node.Primitive.Lowering == Lowering.View && computed && view.IsWhole(node.Shape) ? view.Base : node;
    }

    // Each result has memory of its own, even if another result is equal. All of a computed value in another shape is that value.
    Node Result(Node node, HashSet<Node> taken)
    {
        Node whole = _views[node].IsWhole(node.Shape) ? _views[node].Base : node;
        bool computed = whole.Primitive.Lowering is not (Lowering.View or Lowering.Source or Lowering.Iota or Lowering.Literal);
        Node result = computed && !taken.Contains(whole) ? whole : Copy(node, taken.Count + 1);
        taken.Add(result);
        return result;
    }

    Node Memory(Node node) => _views[node].Base.Primitive.Lowering is Lowering.Iota or Lowering.Literal ? Copy(node) : node;

    Node Contiguous(Node node) => _views[Memory(node)].IsWhole(node.Shape) ? Memory(node) : Copy(node);

    Node Copy(Node node, int which = 0) => Unique(StructureMaps.Copy, [node], which == 0 ? null : new Axes("result", [which]), node);

    static Node Skeleton(Node node, Node[] inputs) => new(node.Primitive, inputs, node.Attributes);

    Node Unique(Primitive primitive, Node[] inputs, Attributes? attributes, Node like)
    {
        _key.Clear();
        _key.Write(primitive.Number);
        if (primitive.Lowering == Lowering.Source)
        {
            _key.Write(like.Bits);
        }

        attributes?.WriteKey(_key);
        foreach (Node input in inputs)
        {
            _key.Write(_numbers[input]);
        }

        var key = new PlanKey(_key.Words);
        if (_known.TryGetValue(key, out Node? known))
        {
            return known;
        }

        Node made = primitive.Lowering == Lowering.Source ? like : new Node(primitive, inputs, attributes);
        _known.Add(key, made);
        _numbers.Add(made, _numbers.Count);
        _views.Add(made, made.Primitive.Lowering == Lowering.View ? _views[inputs[0]].Move(made)! : View.Whole(made));
        return made;
    }
}
