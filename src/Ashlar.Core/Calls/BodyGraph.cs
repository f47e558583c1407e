using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Structure;

namespace Ashlar.Calls;

/// <summary>A function that a call runs: a graph over slots.</summary>
public sealed class BodyGraph
{
    int[]? _words;

    BodyGraph(Node[] slots, Node[] results) => (Slots, Results) = (slots, results);

    /// <summary>What the function is given, as watched slots: first its arguments, then what it captured.</summary>
    public Node[] Slots { get; }

    /// <summary>What it returns.</summary>
    public Node[] Results { get; }

    /// <summary>Stand-ins for the arguments of a function that is to be recorded.</summary>
    public static Node[] Arguments(ReadOnlySpan<Node> like)
    {
        var arguments = new Node[like.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Slot(like[i], i);
        }

        return arguments;
    }

    /// <summary>The graphs of functions that were recorded on the same arguments, and the nodes of outside that any of them reads.</summary>
    /// <remarks>Movements and literals go inside, so that a broadcast number is captured as a number.</remarks>
    public static (BodyGraph[] Bodies, Node[] Captured) Close(Node[] arguments, params ReadOnlySpan<Node[]> results)
    {
        var all = new List<Node>();
        foreach (Node[] some in results)
        {
            all.AddRange(some);
        }

        (List<Node> captured, List<Node> numbers) = Border(Closure.Of(all.ToArray(), arguments).Captured);
        Node[] slots = [.. arguments, .. captured.Select((node, i) => Slot(node, arguments.Length + i))];

        // Evaluating a literal or an iota outside would take what it says from the function too: it has its own.
        Node[] own = [.. numbers.Select(node => new Node(node.Primitive, [], node.Attributes))];
        Node[] closed = Rewrite.Replace(all.ToArray(), [.. captured, .. numbers], [.. slots.AsSpan(arguments.Length), .. own]);
        var bodies = new BodyGraph[results.Length];
        for (int i = 0, at = 0; i < bodies.Length; at += results[i++].Length)
        {
            bodies[i] = new BodyGraph(slots, closed[at..(at + results[i].Length)]);
        }

        return (bodies, [.. captured]);
    }

    /// <summary>The function that returns further values.</summary>
    /// <param name="values">Nodes of this graph.</param>
    public BodyGraph With(ReadOnlySpan<Node> values) => new(Slots, [.. Results, .. values]);

    /// <summary>The results with other nodes for the slots.</summary>
    public Node[] On(ReadOnlySpan<Node> inputs) => Rewrite.Replace(Results, Slots, inputs);

    /// <summary>The results with other nodes for the slots, and their tangents.</summary>
    /// <param name="inputs">For each slot its node.</param>
    /// <param name="tangents">For each slot its tangent, or null for none.</param>
    public (Node[] Values, Node[] Tangents) Along(Node[] inputs, Node?[] tangents)
    {
        Node[] watched = Array.ConvertAll(inputs, Op.Barrier);
        Node[] values = On(watched);
        int[] moving = [.. Enumerable.Range(0, inputs.Length).Where(i => tangents[i] is not null)];
        Node[] along = Tangents.Of(values, [.. moving.Select(i => watched[i])], [.. moving.Select(i => tangents[i]!)]);
        Node[] all = Rewrite.Replace([.. values, .. along], watched, inputs);
        return (all[..values.Length], all[values.Length..]);
    }

    /// <summary>The results for batches of the marked slots, each with the batch as axis 0.</summary>
    public Node[] OnBatch(ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var examples = new List<Node>();
        var batches = new List<Node>();
        var same = new List<Node>();
        var others = new List<Node>();
        for (int i = 0; i < inputs.Length; i++)
        {
            (batched[i] ? examples : same).Add(Slots[i]);
            (batched[i] ? batches : others).Add(inputs[i]);
        }

        return Vectorize.Over(Rewrite.Replace(Results, same.ToArray(), others.ToArray()), examples.ToArray(), batches.ToArray());
    }

    /// <summary>The function by the scalar definitions of its nodes.</summary>
    public HostArray[] Evaluate(ReadOnlySpan<HostArray> inputs)
    {
        HostArray[] given = inputs.ToArray();
        Dictionary<Node, HostArray> values = GraphEvaluation.Run(
            GraphWalk.PostOrder(Results, _ => true), node => ReferenceEquals(node.Primitive, SourcePrimitive.Slot) ? given[(int)node.Bits] : null);
        return [.. Results.Select(result => values[result])];
    }

    /// <summary>Operations of one run.</summary>
    public long Cost() => GraphWalk.PostOrder(Results, _ => true).Sum(node => node.Primitive.Cost(node));

    /// <summary>Writes the graph in canonical order.</summary>
    public void WriteKey(KeyWriter key) => key.Write(_words ??= Words());

    /// <inheritdoc/>
    public override string ToString() => $"{GraphWalk.PostOrder(Results, _ => true).Count - Slots.Length} nodes";

    int[] Words()
    {
        var key = new KeyWriter();
        var places = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        key.Write(Slots.Length);
        foreach (Node node in GraphWalk.PostOrder(Results, _ => true))
        {
            places[node] = places.Count;
            key.Write(node.Primitive.Number);
            key.Write(node.Bits);
            key.Write(node.Inputs.Length);
            foreach (Node input in node.Inputs)
            {
                key.Write(places[input]);
            }

            node.Attributes?.WriteKey(key);
            key.Write((int)node.Type);
            key.Write(node.Shape.Extents);
        }

        foreach (Node result in Results)
        {
            key.Write(places[result]);
        }

        return key.Words.ToArray();
    }

    // What is captured, and the literals and iotas that go inside.
    static (List<Node> Captured, List<Node> Numbers) Border(IReadOnlyList<Node> border)
    {
        var captured = new List<Node>();
        var numbers = new List<Node>();
        foreach (Node node in GraphWalk.PostOrder(border.ToArray(), IsInside))
        {
            if (!IsInside(node))
            {
                captured.Add(node);
            }
            else if (node.Inputs.Length == 0)
            {
                numbers.Add(node);
            }
        }

        return (captured, numbers);
    }

    static bool IsInside(Node node) => node.Value is null
        && (node.Primitive.Lowering is Lowering.Literal or Lowering.Iota
            || (node.Primitive.Lowering == Lowering.View && node.Primitive is not (IMarker or AfterPrimitive)));

    static Node Slot(Node like, int number) => Op.Barrier(Node.Slot(like.Shape, like.Type, number));
}
