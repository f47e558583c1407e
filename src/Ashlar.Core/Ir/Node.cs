using Ashlar.Runtime;

namespace Ashlar.Ir;

/// <summary>One recorded operation. Immutable but for what evaluation adds: the value, and the sources let go.</summary>
public sealed class Node
{
    [ThreadStatic]
    static int _noGradient;

    Node[] _inputs;

    /// <param name="primitive">The operation.</param>
    /// <param name="inputs">Its operands.</param>
    /// <param name="attributes">What it says beyond them.</param>
    /// <exception cref="ShapeException">Shapes do not fit.</exception>
    /// <exception cref="DTypeException">Dtypes do not fit.</exception>
    public Node(Primitive primitive, ReadOnlySpan<Node> inputs, Attributes? attributes = null)
    {
        Primitive = primitive;
        Attributes = attributes;
        (Shape, Type) = primitive.Infer(inputs, attributes);
        RefuseComplex(Type);
        _inputs = inputs.ToArray();
        Lowering = primitive.Lowering;
        (IsTraced, PendingDepth, PendingBytes) = Past();
        Origin = Ir.Origin.IsTracked ? Ir.Origin.Current() : null;
    }

    // The operation of another node on operands of the same shapes and dtypes.
    Node(Node like, Node[] inputs)
    {
        (Primitive, Attributes, Shape, Type, Lowering) = (like.Primitive, like.Attributes, like.Shape, like.Type, like.Lowering);
        _inputs = inputs;
        (IsTraced, PendingDepth, PendingBytes) = Past();
        Origin = Ir.Origin.IsTracked ? Ir.Origin.Current() : null;
    }

    /// <summary>A movement whose result is known to have this shape.</summary>
    internal Node(Primitive movement, Node input, Attributes attributes, Shape shape)
    {
        (Primitive, Attributes, Shape, Type, Lowering) = (movement, attributes, shape, input.Type, movement.Lowering);
        _inputs = [input];
        (IsTraced, PendingDepth, PendingBytes) = Past();
        Origin = Ir.Origin.IsTracked ? Ir.Origin.Current() : null;
    }

    (bool IsTraced, int Depth, long Bytes) Past()
    {
        bool traced = false;
        int depth = 0;
        long bytes = 0;
        foreach (Node input in _inputs)
        {
            traced |= input.IsTraced;
            if (input.Value is null)
            {
                depth = Math.Max(depth, input.PendingDepth);
                bytes = Math.Max(bytes, input.PendingBytes);
            }
        }

        return ((traced || Primitive is IGradientSource) && _noGradient == 0 && Primitive is not IGradientBarrier, depth + 1, bytes + ((long)Shape.Size * Type.ItemSize));
    }

    Node(Primitive primitive, Shape shape, DType type, bool traced)
    {
        Primitive = primitive;
        RefuseComplex(type);
        Shape = shape;
        Type = type;
        Lowering = primitive.Lowering;
        IsTraced = traced;
        _inputs = [];
    }

    /// <summary>The operation.</summary>
    public Primitive Primitive { get; }

    /// <summary>What it says beyond its operands; null once <see cref="Seal"/> let them go, since a rule may hold a graph.</summary>
    public Attributes? Attributes { get; private set; }

    /// <summary>Extents of the result.</summary>
    public Shape Shape { get; }

    /// <summary>Dtype of the result.</summary>
    public DType Type { get; }

    /// <summary>The operands; empty once <see cref="Seal"/> let them go.</summary>
    public ReadOnlySpan<Node> Inputs => _inputs;

    /// <summary>The value, once evaluated; leaves have theirs from the start.</summary>
    public Storage? Value { get; private set; }

    /// <summary>The variable whose value this leaf is, or null.</summary>
    public Variable? Variable { get; private init; }

    /// <summary>The bits of a scalar parameter, or the number of a slot.</summary>
    public long Bits { get; private init; }

    /// <summary>Whether a gradient may be asked through this node: it comes from a variable or a watched value, outside <see cref="NoGradient"/>.</summary>
    public bool IsTraced { get; private set; }

    /// <summary>Whether the value was asked to be kept when the plan that makes it runs.</summary>
    public bool IsKept { get; private set; }

    /// <summary>The user's line that recorded it, if lines were tracked: <see cref="Ir.Origin.Track"/>.</summary>
    public string? Origin { get; }

    /// <summary>Length of the longest chain of unevaluated nodes that ends here.</summary>
    public int PendingDepth { get; private set; }

    /// <summary>Bytes along the dearest chain of unevaluated nodes that ends here.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>Whether a plan computed this node on its way to something else and did not keep it.</summary>
    internal bool WasPassed { get; set; }

    // The primitive's, at hand: reading a graph asks every node.
    internal Lowering Lowering { get; }

    /// <summary>Whether it is to be computed: it has no value and is no leaf.</summary>
    internal bool IsPending => Value is null && Lowering != Lowering.Source;

    // Marks of the walk that visits the graph; valid only under the evaluation lock while Mark equals the walk's number.
    internal long Mark { get; set; }

    internal int Place { get; set; }

    /// <summary>A leaf with a value.</summary>
    public static Node Constant(Storage value, Shape shape, DType type) => new(SourcePrimitive.Constant, shape, type, traced: false) { Value = value };

    /// <summary>A leaf that is one number, bound when the plan runs: changing it changes no plan.</summary>
    public static Node Scalar(DType type, long bits) => new(SourcePrimitive.ScalarParameter, Shape.Scalar, type, traced: false) { Bits = bits };

    /// <summary>The same with axes of extent 1: it broadcasts without being reshaped first.</summary>
    internal static Node ScalarOfRank(DType type, long bits, int rank) => new(SourcePrimitive.ScalarParameter, Shape.Ones(rank), type, traced: false) { Bits = bits };

    /// <summary>A leaf without value, for graphs that are rewritten or planned: bound later, by its number.</summary>
    public static Node Slot(Shape shape, DType type, int number) => new(SourcePrimitive.Slot, shape, type, traced: false) { Bits = number };

    /// <summary>The operation of a node on other operands of the same shapes and dtypes, which the node keeps: what it says of them need not be found again.</summary>
    internal static Node Like(Node node, Node[] inputs) => new(node, inputs);

    /// <summary>The leaf for a variable's present value. It outlives the scope in which it is made, so that no <see cref="NoGradient"/> counts for it, only for what is recorded from it.</summary>
    internal static Node Of(Variable variable, Storage value) =>
        new(SourcePrimitive.Variable, variable.Shape, variable.Type, traced: true) { Variable = variable, Value = value };

    /// <summary>Nodes recorded on this thread until the result is disposed are not traced: nothing is kept for a gradient.</summary>
    public static NoGradientScope NoGradient()
    {
        return new NoGradientScope(++_noGradient);
    }

    /// <summary>Takes back the effect of <see cref="NoGradient"/> until the result is disposed: a transform inside such a scope still differentiates its own function.</summary>
    public static NoGradientScope WithGradient()
    {
        var scope = new NoGradientScope(_noGradient + 1);
        _noGradient = 0;
        return scope;
    }

    /// <summary>Asks that the value be stored whenever a plan computes it, so that reading it later costs nothing.</summary>
    public void Keep() => IsKept = true;

    /// <summary>Lets go of the operands: the value stands for itself from now on.</summary>
    public void Seal()
    {
        _inputs = [];
        Attributes = null;
    }

    /// <summary>Puts another operand, of the same shape and dtype, in the place of one that no gradient is asked for any more.</summary>
    internal void Redirect(int operand, Node to) => _inputs[operand] = to;

    /// <summary>Looks again whether a gradient may be asked through the node, when its operands were redirected.</summary>
    internal void Retrace()
    {
        IsTraced = IsTraced && (Primitive is IGradientSource || Array.Exists(_inputs, input => input.IsTraced));
        if (!IsTraced && Value is not null)
        {
            Seal();
        }
    }

    internal void SetValue(Storage value)
    {
        Value = value;
        PendingDepth = 0;
        PendingBytes = 0;
        if (!IsTraced)
        {
            Seal();
        }
    }

    static void RefuseComplex(DType type)
    {
        if (type.IsComplex)
        {
            throw new DTypeException($"dtype: {type.Name} is no dtype of a node. Record pairs of {type.RealType.Name} along a last axis of extent 2 and view the tensor as complex.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Primitive.Name} {Type.Name}{Shape}";

    /// <summary>Ends the effect of <see cref="NoGradient"/> or <see cref="WithGradient"/>.</summary>
    public readonly ref struct NoGradientScope
    {
        readonly int _level;

        internal NoGradientScope(int level) => _level = level;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => _noGradient = _level - 1;
    }
}
