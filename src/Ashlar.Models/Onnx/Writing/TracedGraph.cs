using Ashlar.Ir;

namespace Ashlar.Onnx.Writing;

/// <summary>What a function recorded on placeholders: once with one batch and once with another, so that extents which follow the batch are known.</summary>
/// <param name="Inputs">The placeholders.</param>
/// <param name="Nodes">In an order in which operands come first.</param>
/// <param name="Partners">The nodes of the second recording, one for each.</param>
/// <param name="Results">What is returned.</param>
/// <param name="Batches">The two batches; equal where the batch is fixed.</param>
sealed record TracedGraph(Node[] Inputs, List<Node> Nodes, List<Node> Partners, Node[] Results, (int First, int Second) Batches)
{
    // Not likely to be an extent of anything else.
    const int FirstBatch = 3;
    const int SecondBatch = 7;

    /// <exception cref="Values.OnnxException">The two recordings differ in more than extents.</exception>
    public static TracedGraph Of(Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, bool symbolic)
    {
        (Node[] slots, Node[] results, List<Node> nodes) = Record(function, inputs, symbolic ? FirstBatch : null);
        if (!symbolic)
        {
            return new TracedGraph(slots, nodes, nodes, results, (1, 1));
        }

        (_, _, List<Node> partners) = Record(function, inputs, SecondBatch);
        return partners.Count == nodes.Count && partners.Zip(nodes).All(pair => ReferenceEquals(pair.First.Primitive, pair.Second.Primitive) && pair.First.Shape.Rank == pair.Second.Shape.Rank)
            ? new TracedGraph(slots, nodes, partners, results, (FirstBatch, SecondBatch))
            : throw new Values.OnnxException($"ONNX: the function records {nodes.Count} operations with a batch of {FirstBatch} and {partners.Count} with {SecondBatch}, so one graph cannot stand for all batches. Export with a fixed batch.");
    }

    static (Node[] Slots, Node[] Results, List<Node> Nodes) Record(Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, int? batch)
    {
        Node[] slots = [.. inputs.Select((input, i) => Node.Slot(batch is { } n ? new Shape([n, .. input.Shape.Extents[1..]]) : input.Shape, input.Type, i))];
        Node[] results = [.. function([.. slots.Select(slot => new Tensor(slot))]).Select(tensor => tensor.Node)];
        return (slots, results, GraphWalk.PostOrder(results, node => node.Value is null));
    }
}
