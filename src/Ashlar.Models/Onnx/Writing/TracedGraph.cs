using Ashlar.Ir;

namespace Ashlar.Onnx.Writing;

/// <summary>What a function recorded on placeholders: once with some extents of the symbolic axes and once with others, so that what follows them is known.</summary>
/// <param name="Inputs">The placeholders.</param>
/// <param name="Nodes">In an order in which operands come first.</param>
/// <param name="Partners">The nodes of the second recording, one for each.</param>
/// <param name="Results">What is returned.</param>
sealed record TracedGraph(Node[] Inputs, List<Node> Nodes, List<Node> Partners, Node[] Results)
{
    /// <exception cref="Values.OnnxException">The two recordings differ in more than extents.</exception>
    public static TracedGraph Of(Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, SymbolicAxes axes)
    {
        (Node[] slots, Node[] results, List<Node> nodes) = Record(function, inputs, axes, 0);
        return new TracedGraph(slots, nodes, axes.All.Count == 0 ? nodes : Again(function, inputs, axes, 1, nodes), results);
    }

    /// <summary>The nodes of one more recording, one for each.</summary>
    /// <exception cref="Values.OnnxException">It differs in more than extents.</exception>
    public static List<Node> Again(Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, SymbolicAxes axes, int recording, List<Node> nodes)
    {
        (_, _, List<Node> partners) = Record(function, inputs, axes, recording);
        return partners.Count == nodes.Count && partners.Zip(nodes).All(pair => ReferenceEquals(pair.First.Primitive, pair.Second.Primitive) && pair.First.Shape.Rank == pair.Second.Shape.Rank)
            ? partners
            : throw new Values.OnnxException($"ONNX: the function records {nodes.Count} operations with {axes.Recording(0)} and {partners.Count} with {axes.Recording(recording)}, so one graph cannot stand for all. Export with fixed extents.");
    }

    static (Node[] Slots, Node[] Results, List<Node> Nodes) Record(Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, SymbolicAxes axes, int recording)
    {
        Node[] slots = [.. inputs.Select((input, i) => Node.Slot(axes.In(recording, i, input.Shape), input.Type, i))];
        Node[] results = [.. function([.. slots.Select(slot => new Tensor(slot))]).Select(tensor => tensor.Node)];
        return (slots, results, GraphWalk.PostOrder(results, node => node.Value is null));
    }
}
