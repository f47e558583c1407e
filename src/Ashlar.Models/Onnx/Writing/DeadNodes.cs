using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Writing;

/// <summary>Takes out what nobody reads: stretched operands that operators broadcast by themselves, shapes for them, unread results' initializers.</summary>
static class DeadNodes
{
    /// <param name="graph">Nodes in an order in which operands come first.</param>
    public static void Remove(GraphProto graph)
    {
        HashSet<string> read = [.. graph.Output.Select(output => output.Name)];
        foreach (NodeProto node in graph.Node.Reverse().ToArray())
        {
            if (!node.Output.Any(read.Contains))
            {
                graph.Node.Remove(node);
                continue;
            }

            foreach (GraphProto body in node.Bodies())
            {
                Remove(body);
                read.UnionWith(Read(body));
            }

            read.UnionWith(node.Input);
        }

        foreach (TensorProto tensor in graph.Initializer.Where(tensor => !read.Contains(tensor.Name)).ToArray())
        {
            graph.Initializer.Remove(tensor);
        }
    }

    // A body reads names of the graph around it.
    static IEnumerable<string> Read(GraphProto body) => body.Node.SelectMany(node => node.Input.Concat(node.Bodies().SelectMany(Read))).Concat(body.Output.Select(output => output.Name));
}
