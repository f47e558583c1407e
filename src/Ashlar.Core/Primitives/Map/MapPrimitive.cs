using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Map;

/// <summary>An operation on the elements at the same coordinates, given by one scalar program.</summary>
/// <remarks>The program is the reference, what the tile interpreter runs and what the emitter translates. Operands have equal shapes:
/// broadcasting is recorded as a movement before. float16 and bfloat16 are computed in float32 and rounded once at the end, inside fused programs too.</remarks>
public sealed class MapPrimitive : Primitive
{
    const int BitsOfType = 4;

    readonly int _arity;
    readonly DTypeSet _accepts;
    readonly Func<Scalar[], Attributes?, Scalar> _define;
    readonly Func<Node, Node, Node?[]> _vjp;
    readonly Func<Node, Node, Node?>?[]? _partials;
    readonly bool _knowsHalves;

    // For the operands' dtypes the result's, plus 1; 0 where it was not asked yet.
    readonly byte[] _resultTypes;

    internal MapPrimitive(
        string name, int arity, DTypeSet accepts, Func<Scalar[], Attributes?, Scalar> define, Func<Node, Node, Node?[]> vjp, string? onnx = null,
        bool knowsHalves = false)
        : base(name)
    {
        _arity = arity;
        _accepts = accepts;
        _define = define;
        _vjp = vjp;
        OnnxName = onnx;
        _knowsHalves = knowsHalves;
        _resultTypes = new byte[1 << (BitsOfType * arity)];
    }

    // For each operand its part of the vjp, or null where it has none: only what is asked for is recorded.
    internal MapPrimitive(
        string name, DTypeSet accepts, Func<Scalar[], Attributes?, Scalar> define, Func<Node, Node, Node?>?[] partials, string? onnx = null, bool knowsHalves = false)
        : this(name, partials.Length, accepts, define, (node, dy) => Array.ConvertAll(partials, partial => partial?.Invoke(node, dy)), onnx, knowsHalves) =>
        _partials = partials;

    /// <inheritdoc/>
    public override string? OnnxName { get; }

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Map;

    /// <summary>Number of operands.</summary>
    public int Arity => _arity;

    /// <summary>Whether operands of this dtype are taken.</summary>
    public bool Accepts(DType type) => _accepts.Contains(type);

    /// <summary>Appends the definition to a program.</summary>
    public Scalar Define(Scalar[] operands, Attributes? attributes)
    {
        DType half = Array.Find(operands, operand => operand.Type.IsHalf).Type;
        if (_knowsHalves || !half.IsHalf)
        {
            return _define(operands, attributes);
        }

        Scalar result = _define(Array.ConvertAll(operands, operand => operand.Type.IsHalf ? operand.Convert(DType.Float32) : operand), attributes);
        return result.Type == DType.Float32 ? result.Convert(half) : result;
    }

    /// <summary>The definition as a program of its own.</summary>
    public ScalarProgram Program(ReadOnlySpan<DType> types, Attributes? attributes)
    {
        var builder = new ScalarBuilder();
        var operands = new Scalar[types.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = builder.Input(types[i]);
        }

        return builder.Build(Define(operands, attributes));
    }

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        if (inputs.Length != _arity)
        {
            throw new ArgumentException($"{Name}: {inputs.Length} operands given, {_arity} wanted.");
        }

        Shape shape = inputs[0].Shape;
        foreach (Node input in inputs)
        {
            if (!input.Shape.Equals(shape))
            {
                throw new ShapeException($"{Name}: {shape} and {input.Shape} differ. Broadcast the operands to one shape first.");
            }
        }

        Node last = inputs[^1];
        if (!_accepts.Contains(last.Type))
        {
            throw new DTypeException($"{Name}: {last.Type.Name} is not taken, only {_accepts}. Cast the operand first.");
        }

        return (shape, ResultType(inputs, attributes));
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent) => _vjp(node, cotangent);

    /// <summary>The vector-Jacobian product of those operands alone that are live at their places.</summary>
    internal Node?[] Vjp(Node node, Node cotangent, ReadOnlySpan<int> places, ReadOnlySpan<bool> live)
    {
        if (_partials is null)
        {
            return _vjp(node, cotangent);
        }

        var parts = new Node?[places.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = live[places[i]] ? _partials[i]?.Invoke(node, cotangent) : null;
        }

        return parts;
    }

    /// <inheritdoc/>
    /// <remarks>The Jacobian of a map is diagonal, so it is its own transpose: each partial of the vjp, given the tangent for a cotangent, is a term of the jvp.</remarks>
    public override bool TryJvp(Node node, ReadOnlySpan<Node?> tangents, out Node? tangent)
    {
        tangent = null;
        for (int i = 0; i < tangents.Length && node.Type.IsFloating; i++)
        {
            if (tangents[i] is { } dx && _vjp(node, Op.Cast(dx, node.Type))[i] is { } part)
            {
                part = Op.Cast(part, node.Type);
                tangent = tangent is null ? part : Op.Add(tangent, part);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) =>
        new(this, Batching.BatchAll(inputs, batched), node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var types = new DType[inputs.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = inputs[i].Type;
        }

        ScalarProgram program = Program(types, node.Attributes);
        var arguments = new long[inputs.Length];
        var values = new long[program.Instructions.Length];
        var output = new long[1];
        for (int i = 0; i < result.Shape.Size; i++)
        {
            for (int k = 0; k < arguments.Length; k++)
            {
                arguments[k] = inputs[k][i];
            }

            ScalarInterpreter.Evaluate(program, arguments, output, values);
            result[i] = output[0];
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size;

    // The common case is answered without building a program: this runs at every recording. A byte is written whole, so no lock is needed.
    DType ResultType(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        int place = 0;
        foreach (Node input in inputs)
        {
            place = (place << BitsOfType) | (int)input.Type;
        }

        if (attributes is null && _resultTypes[place] is > 0 and byte known)
        {
            return (DType)(known - 1);
        }

        var types = new DType[inputs.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = inputs[i].Type;
        }

        DType type = Program(types, attributes).OutputType(0);
        if (attributes is null)
        {
            _resultTypes[place] = (byte)(type + 1);
        }

        return type;
    }
}
