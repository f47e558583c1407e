using System.Globalization;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Kind = Ashlar.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Ashlar.Onnx.Writing;

/// <summary>Names, nodes and constants of a graph that is written.</summary>
/// <param name="graph">Takes them.</param>
/// <param name="opset">Version of the operator set.</param>
/// <param name="batchSource">The input whose first axis is the batch.</param>
/// <param name="prefix">Before every name, so that a body hides none of the graph around it.</param>
sealed class GraphWriter(GraphProto graph, int opset, string batchSource, string prefix = "")
{
    readonly Dictionary<string, string> _constants = [];

    readonly Dictionary<int, string> _batches = [];

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
    public GraphWriter Body(GraphProto body) => new(body, opset, batchSource, string.Create(CultureInfo.InvariantCulture, $"{prefix}body_{_number++}_"));

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

    /// <summary>A shape as a tensor of int64: extents that follow the batch are computed from it.</summary>
    /// <param name="extents">Extents with one batch.</param>
    /// <param name="others">Extents with another; null where the batch is fixed.</param>
    /// <param name="batches">The two batches.</param>
    public string ShapeOf(ReadOnlySpan<int> extents, ReadOnlySpan<int> others, (int First, int Second) batches)
    {
        if (extents.SequenceEqual(others))
        {
            return Longs(extents);
        }

        var parts = new List<string>();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            parts.Add(extents[axis] == others[axis] ? Longs(extents[axis]) : Following(extents[axis], others[axis], batches));
        }

        return parts.Count == 1 ? parts[0] : Node("Concat", [.. parts], Int("axis", 0));
    }

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = Kind.Int, I = value };

    public static AttributeProto Body(string name, GraphProto body) => new() { Name = name, Type = Kind.Graph, G = body };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = Kind.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };

    public static AttributeProto Ints(string name, ReadOnlySpan<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = Kind.Ints };
        attribute.Ints.Add(values.ToArray().Select(value => (long)value));
        return attribute;
    }

    // A multiple of the batch, or so many more or less.
    string Following(int extent, int other, (int First, int Second) batches) =>
        extent % batches.First == 0 && (long)extent * batches.Second == (long)other * batches.First ? Batch(extent / batches.First)
        : extent - batches.First == other - batches.Second ? Node("Add", [Batch(1), Longs(extent - batches.First)])
        : throw new OnnxException($"ONNX: an extent is {extent} with a batch of {batches.First} and {other} with {batches.Second}, so it follows the batch neither by a factor nor by a difference. Export with a fixed batch.");

    string Batch(int factor)
    {
        if (_batches.TryGetValue(factor, out string? name))
        {
            return name;
        }

        // int64[1]
        name = factor == 1 ? Node("Slice", [Node("Shape", [batchSource]), Longs(0), Longs(1)]) : Node("Mul", [Batch(1), Longs(factor)]);
        return _batches[factor] = name;
    }
}
