using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Movement;

namespace Ashlar.Autodiff;

/// <summary>Reverse-mode differentiation: a graph in, a graph out, so gradients have gradients.</summary>
public static class Gradients
{
    /// <summary>The gradient of <paramref name="output"/> with respect to each node, in their shapes.</summary>
    /// <param name="output">Floating; [] unless a cotangent is given.</param>
    /// <param name="sources">What the gradient is asked for.</param>
    /// <param name="cotangent">What the result's own gradient is; 1 by default.</param>
    /// <exception cref="ShapeException">The output is no scalar and no cotangent is given.</exception>
    /// <exception cref="DTypeException">The output is not floating.</exception>
    /// <exception cref="InvalidOperationException">The output was recorded before the last update of the variables: its segment is sealed.</exception>
    public static Node[] Of(Node output, ReadOnlySpan<Node> sources, Node? cotangent = null)
    {
        if (!output.Type.IsFloating)
        {
            throw new DTypeException($"Gradient: the output is {output.Type.Name}. Only float32 and float64 have gradients; cast it.");
        }

        if (cotangent is null && output.Shape.Rank != 0)
        {
            throw new ShapeException($"Gradient: the output is {output.Shape}, not a single number. Take its sum or mean, or give a cotangent.");
        }

        return Of([output], [cotangent ?? Op.Number(output, 1)], sources, node => node.IsTraced);
    }

    /// <summary>The vector-Jacobian product of several outputs at once.</summary>
    /// <param name="outputs">The results.</param>
    /// <param name="given">For each the cotangent, in its shape and dtype.</param>
    /// <param name="sources">What the products are asked for.</param>
    /// <returns>For each source the product, in its shape; zeros where nothing leads to it.</returns>
    /// <exception cref="InvalidOperationException">An output was recorded before the last update of the variables: its segment is sealed.</exception>
    public static Node[] Of(ReadOnlySpan<Node> outputs, ReadOnlySpan<Node> given, ReadOnlySpan<Node> sources) =>
        Of(outputs, given, sources, node => node.IsTraced);

    // The walk enters the operands of the nodes that `enter` names: a rule that knows where its graph ends saves the rest of the history.
    internal static Node[] Of(ReadOnlySpan<Node> outputs, ReadOnlySpan<Node> given, ReadOnlySpan<Node> sources, Func<Node, bool> enter)
    {
        var graph = WalkedGraph.Of(outputs, enter, sources);
        List<Node> order = graph.Nodes;
        bool[] live = Live(graph);
        var cotangents = new Node?[order.Count];
        Dictionary<int, SliceSum>? slices = null;
        bool reached = false;
        for (int i = 0; i < outputs.Length; i++)
        {
            reached |= live[graph.Roots[i]];
            Add(graph.Roots[i], given[i]);
        }

        if (!reached)
        {
            RefuseSealed(order, sources);
        }

        Dictionary<int, List<int>>? calls = Calls(graph, live);
        for (int i = order.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<int> operands = graph.Operands(i);
            if (!live[i] || operands.Length == 0)
            {
                continue;
            }

            Node node = order[i];
            using Origin.Inheritance origin = Origin.Of(node);
            Settle(i);
            Node?[] parts;
            if (node.Primitive is CallPrimitive call)
            {
                // All results of a call have their cotangents when its first is reached.
                List<int> places = calls!.GetValueOrDefault(i, []);
                places.ForEach(Settle);
                int[] results = [.. places.Where(place => cotangents[place] is not null)];
                if (results.Length == 0)
                {
                    continue;
                }

                parts = call.Vjp([.. results.Select(place => order[place])], [.. results.Select(place => cotangents[place]!)]);
            }
            else if (cotangents[i] is { } dy)
            {
                if (node.Primitive is SlicePrimitive && live[operands[0]])
                {
                    slices ??= [];
                    SliceSum sum = slices.TryGetValue(operands[0], out SliceSum? begun) ? begun : slices[operands[0]] = new SliceSum();
                    sum.Add(node, dy);
                    continue;
                }

                parts = node.Primitive is MapPrimitive map ? map.Vjp(node, dy, operands, live) : node.Primitive.Vjp(node, dy);
            }
            else
            {
                continue;
            }

            for (int k = 0; k < parts.Length; k++)
            {
                if (parts[k] is { } part && live[operands[k]])
                {
                    Add(operands[k], part);
                }
            }
        }

        var result = new Node[sources.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int place = graph.Asked[i];
            if (place >= 0)
            {
                Settle(place);
            }

            result[i] = place >= 0 && cotangents[place] is { } dx ? dx : Op.Zeros(sources[i]);
        }

        return result;

        void Add(int place, Node part) => cotangents[place] = cotangents[place] is { } sum ? Op.Add(sum, part) : part;

        // What slices of a node gave it is joined once all of them are known.
        void Settle(int place)
        {
            if (slices is not null && slices.Remove(place, out SliceSum? parts))
            {
                Add(place, parts.Record());
            }
        }
    }

    // The results of each call, under the first of them; null if there is no call.
    static Dictionary<int, List<int>>? Calls(WalkedGraph graph, bool[] live)
    {
        Dictionary<int, List<int>>? calls = null;
        for (int i = 0; i < live.Length; i++)
        {
            Node node = graph.Nodes[i];
            if (live[i] && node.Primitive is CallPrimitive && graph.Operands(i).Length > 0)
            {
                calls ??= [];
                int first = calls.Keys.Where(other => CallPrimitive.AreOfOneCall(graph.Nodes[other], node)).FirstOrDefault(i);
                if (!calls.TryGetValue(first, out List<int>? results))
                {
                    calls[first] = results = [];
                }

                results.Add(i);
            }
        }

        return calls;
    }

    // The nodes from which one that was asked for can be reached. What only outdated variables feed is a constant by now: it lets its sources go.
    static bool[] Live(WalkedGraph graph)
    {
        var live = new bool[graph.Nodes.Count];
        foreach (int place in graph.Asked)
        {
            if (place >= 0)
            {
                live[place] = true;
            }
        }

        for (int i = 0; i < live.Length; i++)
        {
            foreach (int operand in graph.Operands(i))
            {
                live[i] |= live[operand];
            }
        }

        return live;
    }

    static void RefuseSealed(List<Node> order, ReadOnlySpan<Node> sources)
    {
        foreach (Node node in order)
        {
            foreach (Node source in sources)
            {
                if (node.Variable is { } variable && ReferenceEquals(variable, source.Variable) && !ReferenceEquals(node, source))
                {
                    throw new InvalidOperationException(
                        $"Gradient: the output was recorded before the last update of '{variable.Name}', and that segment is sealed. " +
                        "Record it again after the step, mark values carried over with StopGradient, or use Transform.Gradient for gradients without variables.");
                }
            }
        }
    }
}
