using Ashlar.Calls;
using Ashlar.Ir;
using Ashlar.Onnx.Protobuf;
using static Ashlar.Onnx.Writing.GraphWriter;

namespace Ashlar.Onnx.Writing;

/// <content>Loops and branches. One call has a node for each result that is read; the operator is written with the first of them.</content>
sealed partial class NodeWriter
{
    string? Call(Node node, Node partner)
    {
        int result = ((CallAttributes)node.Attributes!).Result;
        int found = _calls.FindIndex(other => CallPrimitive.AreOfOneCall(other.Call, node));
        if (found < 0)
        {
            found = _calls.Count;
            _calls.Add((node, node.Attributes switch
            {
                LoopAttributes { Stacked: > 0 } loop => Scan(node, loop, ((LoopAttributes)partner.Attributes!).Body),
                LoopAttributes loop => Loop(node, loop, (LoopAttributes)partner.Attributes!),
                WhileAttributes loop => While(node, loop, (WhileAttributes)partner.Attributes!),
                CondAttributes cond => If(node, cond, (CondAttributes)partner.Attributes!),
                _ => null,
            }));
        }

        return _calls[found].Names is { } names && result < names.Length ? names[result] : null;
    }

    string[] Scan(Node node, LoopAttributes loop, BodyGraph partner)
    {
        int given = loop.Carries + loop.Stacked;
        GraphWriter body = w.Body(new GraphProto { Name = "body" });
        string[] arguments = [.. Enumerable.Range(0, given).Select(i => Input(body, $"input_{i}", loop.Body.Slots[i].Type))];
        NodeWriter inner = Inside(body, loop.Body, partner, [.. arguments, .. Names(node.Inputs[given..])]);
        foreach (Node result in loop.Body.Results)
        {
            Output(body, inner[result], result.Type);
        }

        int[] inputs = new int[loop.Stacked];
        int[] outputs = new int[loop.Outputs];
        inputs.AsSpan().Fill(loop.IsReverse ? 1 : 0);
        outputs.AsSpan().Fill(loop.IsReverse ? 1 : 0);
        return w.Node("Scan", Names(node.Inputs[..given]), loop.Body.Results.Length, GraphWriter.Body("body", body.Graph), Int("num_scan_inputs", loop.Stacked), Ints("scan_input_directions", inputs), Ints("scan_output_directions", outputs));
    }

    // Without stacked inputs nothing tells Scan how often: a Loop does.
    string[]? Loop(Node node, LoopAttributes loop, LoopAttributes partner)
    {
        if (loop.Steps != partner.Steps || (loop.IsReverse && loop.Outputs > 0))
        {
            return null;
        }

        GraphWriter body = w.Body(new GraphProto { Name = "body" });
        Input(body, "step", DType.Int64, isScalar: true);
        string goes = Input(body, "goes", DType.Bool, isScalar: true);
        string[] arguments = [.. Enumerable.Range(0, loop.Carries).Select(i => Input(body, $"input_{i}", loop.Body.Slots[i].Type))];
        NodeWriter inner = Inside(body, loop.Body, partner.Body, [.. arguments, .. Names(node.Inputs[loop.Carries..])]);
        Output(body, goes, DType.Bool);
        foreach (Node result in loop.Body.Results)
        {
            Output(body, inner[result], result.Type);
        }

        return w.Node("Loop", [w.Constant(Tensor.From<long>([loop.Steps]).Reshape([])), "", .. Names(node.Inputs[..loop.Carries])], loop.Body.Results.Length, GraphWriter.Body("body", body.Graph));
    }

    // The condition stands twice: before the first step, and behind each.
    string[] While(Node node, WhileAttributes loop, WhileAttributes partner)
    {
        string[] captured = Names(node.Inputs[loop.Carries..]);
        string first = Inside(w, loop.Condition, partner.Condition, Names(node.Inputs))[loop.Condition.Results[0]];
        GraphWriter body = w.Body(new GraphProto { Name = "body" });
        Input(body, "step", DType.Int64, isScalar: true);
        Input(body, "goes", DType.Bool, isScalar: true);
        string[] arguments = [.. Enumerable.Range(0, loop.Carries).Select(i => Input(body, $"input_{i}", loop.Body.Slots[i].Type))];
        NodeWriter inner = Inside(body, loop.Body, partner.Body, [.. arguments, .. captured]);
        string[] next = [.. loop.Body.Results.Select(result => inner[result])];
        Output(body, Inside(body, loop.Condition, partner.Condition, [.. next, .. captured])[loop.Condition.Results[0]], DType.Bool);
        foreach ((string name, Node result) in next.Zip(loop.Body.Results))
        {
            Output(body, name, result.Type);
        }

        return w.Node("Loop", ["", first, .. Names(node.Inputs[..loop.Carries])], loop.Carries, GraphWriter.Body("body", body.Graph));
    }

    string[] If(Node node, CondAttributes cond, CondAttributes partner)
    {
        GraphProto Branch(string name, BodyGraph graph, BodyGraph other)
        {
            GraphWriter body = w.Body(new GraphProto { Name = name });
            NodeWriter inner = Inside(body, graph, other, Names(node.Inputs[1..]));
            foreach (Node result in graph.Results)
            {
                Output(body, inner[result], result.Type);
            }

            return body.Graph;
        }

        return w.Node("If", Names(node.Inputs[..1]), cond.Then.Results.Length, GraphWriter.Body("then_branch", Branch("then", cond.Then, partner.Then)), GraphWriter.Body("else_branch", Branch("else", cond.Otherwise, partner.Otherwise)));
    }

    string[] Names(ReadOnlySpan<Node> nodes) => [.. nodes.ToArray().Select(node => _names[node])];

    // Writes a function's nodes, its slots under the names that stand for them.
    NodeWriter Inside(GraphWriter body, BodyGraph graph, BodyGraph partner, string[] slots)
    {
        var inner = new NodeWriter(body, weights);
        foreach ((Node slot, string name) in graph.Slots.Zip(slots))
        {
            inner.Name(slot, name);
        }

        List<Node> nodes = GraphWalk.PostOrder(graph.Results, other => other.Value is null && Array.IndexOf(graph.Slots, other) < 0);
        List<Node> partners = GraphWalk.PostOrder(partner.Results, other => other.Value is null && Array.IndexOf(partner.Slots, other) < 0);
        foreach ((Node one, Node other) in nodes.Zip(partners))
        {
            inner.Write(one, other);
        }

        foreach ((string what, int count) in inner.Missing)
        {
            Missing[what] = Missing.GetValueOrDefault(what) + count;
        }

        return inner;
    }

    // Other readers want to know that a step's number is one number.
    static string Input(GraphWriter body, string name, DType type, bool isScalar = false)
    {
        ValueInfoProto port = Port(body.Name(name), type);
        port.Type.TensorType.Shape = isScalar ? new TensorShapeProto() : null;
        body.Graph.Input.Add(port);
        return body.Name(name);
    }

    static void Output(GraphWriter body, string name, DType type) => body.Graph.Output.Add(Port(body.Node("Identity", [name]), type));
}
