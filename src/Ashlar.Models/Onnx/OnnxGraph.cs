using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>The outermost graph of a model with the types and shapes of its values.</summary>
/// <param name="Nodes">In the order of the file.</param>
/// <param name="Types">For each value that is known its type and shape, such as <c>float32[batch, 10]</c>: inputs, initializers, what nodes give.</param>
/// <param name="Inputs">Names of the inputs.</param>
/// <param name="Initializers">Names of the values that the file holds.</param>
/// <param name="Outputs">Names of the outputs.</param>
public sealed record OnnxGraph(IReadOnlyList<OnnxGraphNode> Nodes, IReadOnlyDictionary<string, string> Types, IReadOnlyList<string> Inputs, IReadOnlyList<string> Initializers, IReadOnlyList<string> Outputs)
{
    /// <summary>Operations of one run, a multiplication and its addition as two, as far as shapes are known.</summary>
    public long Flops => Nodes.Sum(node => node.Flops ?? 0);

    /// <summary>Whether the operations of every node are known.</summary>
    public bool IsComplete => Nodes.All(node => node.Flops is not null);

    /// <summary>Whether a node holds graphs of its own: branches, loops, functions applied along an axis.</summary>
    public bool HasBodies { get; private init; }

    /// <summary>Reads the graph of a model and makes nothing ready: also of one with unknown operators, or whose weights stand in files that are not there. Shapes are those that the file declares; operations are not counted.</summary>
    /// <param name="stream">The bytes of an .onnx file.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="OnnxException">The bytes are no model.</exception>
    public static OnnxGraph Read(Stream stream, string name = "model")
    {
        GraphProto graph = OnnxModel.Parse(stream, name).Graph;
        Dictionary<string, string> types = [];
        foreach (ValueInfoProto info in graph.Input.Concat(graph.ValueInfo).Concat(graph.Output))
        {
            OnnxPort port = OnnxPort.Of(info, false);
            if (port is { Kind: "tensor", Type: not OnnxDType.Undefined })
            {
                types[info.Name] = $"{TypeName(port.Type)}{(port.Axes is null ? "" : $"[{string.Join(", ", port.Axes)}]")}";
            }
        }

        return Of(graph, types, []);
    }

    internal static OnnxGraph Of(GraphProto graph, Dictionary<string, string> types, Dictionary<string, long> costs)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            var type = (OnnxDType)tensor.DataType;
            types[tensor.Name] = $"{TypeName(type)}[{string.Join(", ", tensor.Dims)}]";
        }

        HashSet<string> held = [.. graph.Initializer.Select(tensor => tensor.Name)];
        return new OnnxGraph(
            [.. graph.Node.Select(node => Node(node, costs))],
            types,
            [.. graph.Input.Select(input => input.Name).Where(name => !held.Contains(name))],
            [.. graph.Initializer.Select(tensor => tensor.Name)],
            [.. graph.Output.Select(output => output.Name)])
        {
            HasBodies = graph.Node.Any(node => node.Bodies().Any()),
        };
    }

    // As tensors spell it, where they have it.
    static string TypeName(OnnxDType type) => type != OnnxDType.String && Enum.IsDefined(type) && type != OnnxDType.Undefined && !type.IsCarried ? type.Carrier.Name : type.ToString();

    static OnnxGraphNode Node(NodeProto node, Dictionary<string, long> costs)
    {
        string first = node.Output.FirstOrDefault(output => output.Length > 0) ?? "";
        return new OnnxGraphNode(node.Name.Length > 0 ? node.Name : first, node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}", [.. node.Input], [.. node.Output], costs.TryGetValue(first, out long cost) ? cost : null);
    }
}
