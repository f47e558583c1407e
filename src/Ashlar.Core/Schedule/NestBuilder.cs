using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Structure;
using Ashlar.Scalars;

namespace Ashlar.Schedule;

/// <summary>Turns maps over one space into a loop nest: the nodes' definitions become one scalar program, their movements become strides.</summary>
/// <param name="views">The view of every node.</param>
/// <param name="inline">Nodes that are computed wherever they are read.</param>
/// <param name="extents">The space in the order in which the nest walks it.</param>
/// <param name="order">For each axis of the nest the axis of the nodes' space; null for the same order.</param>
/// <param name="binding">The memory of a node that the nest reads or stores.</param>
/// <param name="again">Nodes that the nest computes where it reads them, though they were computed before; null for none.</param>
sealed class NestBuilder(Dictionary<Node, View> views, InlineNodes inline, int[] extents, int[]? order, Func<Node, int> binding, HashSet<Node>? again = null)
{
    readonly ScalarBuilder _program = new();
    readonly Dictionary<Node, Scalar> _values = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(Node Base, int Offset, string Strides), Scalar> _read = [];
    readonly List<Operand> _inputs = [];
    readonly List<Operand> _outputs = [];
    readonly List<Scalar> _results = [];
    readonly List<ReduceKind?> _folds = [];

    /// <summary>Adds a map's definition.</summary>
    public void Add(Node node)
    {
        var map = (MapPrimitive)node.Primitive;
        _values[node] = map.Define([.. node.Inputs.ToArray().Select(Read)], node.Attributes);
    }

    /// <summary>The value of a node as the nest's elements see it.</summary>
    public Scalar Read(Node node)
    {
        View view = views[node];
        if (_values.TryGetValue(view.Base, out Scalar computed))
        {
            return computed;
        }

        if (view.Base.Attributes is LiteralAttributes literal)
        {
            return _program.ConstantBits(literal.Type, literal.Bits);
        }

        if (inline.Contains(view.Base) || again?.Contains(view.Base) == true)
        {
            Add(view.Base);
            return _values[view.Base];
        }

        int[] strides = Space.Strides(node.Shape, view.Strides);
        if (strides.Length != extents.Length)
        {
            // Only what is the same everywhere is read across spaces.
            strides = new int[extents.Length];
        }
        else if (order is not null)
        {
            strides = [.. order.Select(axis => strides[axis])];
        }

        (Node Base, int Offset, string) key = (view.Base, view.Offset, string.Join(',', strides));
        if (!_read.TryGetValue(key, out Scalar value))
        {
            bool coordinate = view.Base.Primitive.Lowering == Lowering.Iota;
            value = _program.Input(node.Type);
            _inputs.Add(new Operand(coordinate ? 0 : binding(view.Base), node.Type, view.Offset, strides, coordinate));
            _read.Add(key, value);
        }

        return value;
    }

    /// <summary>Stores a computed node's value where its binding says, contiguous in the nest's order.</summary>
    public void Store(Node node) => Store(_values[node], node.Type, binding(node));

    /// <summary>Stores a computed node's value where its binding says, contiguous in the order of the node's own space.</summary>
    /// <param name="node">Over all of the space.</param>
    public void StoreInPlace(Node node)
    {
        int[] strides = Space.Contiguous(Space.Of(node.Shape));
        _results.Add(_values[node]);
        _outputs.Add(new Operand(binding(node), node.Type, 0, order is null ? strides : [.. order.Select(axis => strides[axis])]));
        _folds.Add(null);
    }

    /// <summary>Stores a value contiguous in the nest's order.</summary>
    public void Store(Scalar value, DType type, int target)
    {
        _results.Add(value);
        _outputs.Add(new Operand(target, type, 0, Space.Contiguous(extents)));
        _folds.Add(null);
    }

    /// <summary>Reduces a computed node along the last axes, one value for each place of the first ones.</summary>
    /// <param name="node">What is reduced.</param>
    /// <param name="kind">How.</param>
    /// <param name="rowAxes">How many axes are kept.</param>
    /// <param name="target">Where the values go.</param>
    public void Fold(Node node, ReduceKind kind, int rowAxes, int target)
    {
        _results.Add(_values[node]);
        _outputs.Add(new Operand(target, node.Type, 0, [.. Space.Contiguous(extents.AsSpan(0, rowAxes)), .. new int[extents.Length - rowAxes]]));
        _folds.Add(kind);
    }

    /// <summary>Adds a node's elements to lanes that lie like them.</summary>
    public void Accumulate(Node node, int lanes)
    {
        Scalar sum = _program.Input(node.Type);
        _inputs.Add(new Operand(lanes, node.Type, 0, Space.Contiguous(extents)));
        Store(sum + Read(node), node.Type, lanes);
    }

    /// <summary>Fetches memory that something else is about to read or write, contiguous in the nest's order: an input of which nothing is read.</summary>
    public void Fetch(DType type, int target)
    {
        _program.Input(type);
        _inputs.Add(new Operand(target, type, 0, Space.Contiguous(extents)));
    }

    /// <summary>For each result how its rows are reduced, or null; empty if none is.</summary>
    public ReduceKind?[] Folds => _folds.TrueForAll(fold => fold is null) ? [] : [.. _folds];

    /// <summary>Whether anything is stored.</summary>
    public bool IsUseful => _results.Count > 0;

    public LoopNest Build() => LoopNest.Create(_program.Build(_results.ToArray()), extents, _inputs.ToArray(), _outputs.ToArray());
}
