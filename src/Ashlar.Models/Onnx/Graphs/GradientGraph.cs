using Ashlar.Onnx.Operators;
using Ashlar.Onnx.Protobuf;

namespace Ashlar.Onnx.Graphs;

/// <summary>What a Gradient node differentiates: the nodes around it between its inputs and the value that it names.</summary>
static class GradientGraph
{
    public const string Domain = "ai.onnx.preview.training";

    /// <param name="node">The node.</param>
    /// <param name="attributes">Name the values.</param>
    /// <param name="around">The nodes of its graph.</param>
    public static GraphProto Of(NodeProto node, OperatorAttributes attributes, NodeProto[] around)
    {
        string y = attributes.Text("y", "");
        string[] given = [.. attributes.Texts("xs") ?? [], .. attributes.Texts("zs") ?? []];
        var needed = new HashSet<NodeProto>();
        var waiting = new Stack<string>([y]);
        while (waiting.TryPop(out string? name))
        {
            if (!given.Contains(name) && Array.Find(around, other => other != node && other.Output.Contains(name)) is { } producer && needed.Add(producer))
            {
                foreach (string input in producer.Input)
                {
                    waiting.Push(input);
                }
            }
        }

        var graph = new GraphProto { Name = $"{node.Name} of {y}" };
        graph.Input.Add(given.Select(name => new ValueInfoProto { Name = name }));
        graph.Node.Add(around.Where(needed.Contains));
        graph.Output.Add(new ValueInfoProto { Name = y });
        return graph;
    }
}
