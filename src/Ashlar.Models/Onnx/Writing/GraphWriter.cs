using System.Globalization;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Kind = Ashlar.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Ashlar.Onnx.Writing;

/// <summary>Names, nodes and constants of a graph that is written.</summary>
/// <param name="graph">Takes them.</param>
/// <param name="opset">Version of the operator set.</param>
/// <param name="axes">What may have any extent.</param>
/// <param name="prefix">Before every name, so that a body hides none of the graph around it.</param>
sealed class GraphWriter(GraphProto graph, int opset, SymbolicAxes axes, string prefix = "")
{
    readonly Dictionary<string, string> _constants = [];

    readonly Dictionary<AxisFormula, string> _extents = [];

    int _number;

    public int Opset => opset;

    public GraphProto Graph => graph;

    /// <summary>Writes a node with one result.</summary>
    public string Node(string op, string[] inputs, params AttributeProto[] attributes)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{op.ToLowerInvariant()}_{_number++}");
        var node = new NodeProto { OpType = op, Name = name };
        node.Input.Add(inputs);
        node.Output.Add(name);
        node.Attribute.Add(attributes);
        graph.Node.Add(node);
        return name;
    }

    /// <summary>Writes a node with several results.</summary>
    public string[] Node(string op, string[] inputs, int results, params AttributeProto[] attributes)
    {
        string name = Node(op, inputs, attributes);
        string[] names = [.. Enumerable.Range(0, results).Select(i => i == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"))];
        graph.Node[^1].Output.Add(names[1..]);
        return names;
    }

    /// <summary>Takes the nodes of a body inside this graph.</summary>
    public GraphWriter Body(GraphProto body) => new(body, opset, axes, string.Create(CultureInfo.InvariantCulture, $"{prefix}body_{_number++}_"));

    /// <summary>A name of this graph.</summary>
    public string Name(string what) => prefix + what;

    /// <summary>A list of int64, written once.</summary>
    public string Longs(params ReadOnlySpan<long> values) => Constant(Tensor.From(values, values.Length));

    public string Longs(ReadOnlySpan<int> values) => Longs([.. values.ToArray().Select(value => (long)value)]);

    /// <summary>A constant, written once.</summary>
    public string Constant(Tensor value)
    {
        byte[] bytes = value.ToBytes();
        string key = bytes.Length > 64 ? "" : $"{value.DType.Name}{value.Shape}{Convert.ToHexString(bytes)}";
        if (key.Length > 0 && _constants.TryGetValue(key, out string? name))
        {
            return name;
        }

        name = string.Create(CultureInfo.InvariantCulture, $"{prefix}const_{_number++}");
        graph.Initializer.Add(TensorWriter.Of(name, new OnnxTensor(value)));
        _constants[key] = name;
        return name;
    }

    /// <summary>A scalar of a dtype.</summary>
    public string Number(DType type, double value) => Constant(Tensor.Full(Shape.Scalar, value, type));

    /// <summary>A shape as a tensor of int64: extents that follow symbolic axes are computed from them.</summary>
    /// <param name="extents">Extents in the first recording.</param>
    /// <param name="others">Extents in the second.</param>
    public string ShapeOf(ReadOnlySpan<int> extents, ReadOnlySpan<int> others)
    {
        if (extents.SequenceEqual(others))
        {
            return Longs(extents);
        }

        var parts = new List<string>();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            parts.Add(extents[axis] == others[axis] ? Longs(extents[axis]) : Extent(axes.Following(extents[axis], others[axis])));
        }

        return parts.Count == 1 ? parts[0] : Node("Concat", [.. parts], Int("axis", 0));
    }

    /// <summary>Notes an extent that follows the axes without being written.</summary>
    public void Expect(int one, int two) => axes.Expect(one, two);

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = Kind.Int, I = value };

    public static AttributeProto Body(string name, GraphProto body) => new() { Name = name, Type = Kind.Graph, G = body };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = Kind.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };

    public static AttributeProto Ints(string name, ReadOnlySpan<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = Kind.Ints };
        attribute.Ints.Add(values.ToArray().Select(value => (long)value));
        return attribute;
    }

    // int64[1]
    string Extent(AxisFormula formula)
    {
        if (_extents.TryGetValue(formula, out string? name))
        {
            return name;
        }

        name = formula switch
        {
            { Offset: not 0 } => Node("Add", [Extent(formula with { Offset = 0 }), Longs(formula.Offset)]),
            { Plus: { } plus } => Node("Add", [Extent(formula with { Plus = null }), Extent(new AxisFormula(1, plus, null, null, 0))]),
            { Times: { } times } => Node("Mul", [Extent(formula with { Times = null }), Extent(new AxisFormula(1, times, null, null, 0))]),
            { Factor: > 1 } => Node("Mul", [Extent(formula with { Factor = 1 }), Longs(formula.Factor)]),
            _ => Node("Slice", [Node("Shape", [formula.Axis.Input]), Longs(formula.Axis.Axis), Longs(formula.Axis.Axis + 1)]),
        };
        return _extents[formula] = name;
    }
}
