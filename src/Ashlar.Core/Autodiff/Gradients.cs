using Ashlar.Ir;
using Ashlar.Primitives;
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
        List<Node> order = GraphWalk.PostOrder(outputs, enter);
        var wanted = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node source in sources)
        {
            wanted.Add(source);
        }

        HashSet<Node> live = Live(order, wanted);
        var cotangents = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        var slices = new Dictionary<Node, SliceSum>(ReferenceEqualityComparer.Instance);
        bool reached = false;
        for (int i = 0; i < outputs.Length; i++)
        {
            reached |= live.Contains(outputs[i]);
            cotangents[outputs[i]] = cotangents.TryGetValue(outputs[i], out Node? sum) ? Op.Add(sum, given[i]) : given[i];
        }

        if (!reached)
        {
            RefuseSealed(order, sources);
        }

        Dictionary<Node, List<Node>> calls = Calls(order, live);
        for (int i = order.Count - 1; i >= 0; i--)
        {
            Node node = order[i];
            if (!live.Contains(node) || node.Inputs.Length == 0)
            {
                continue;
            }

            using Origin.Inheritance origin = Origin.Of(node);
            Settle(node);
            Node?[] parts;
            if (node.Primitive is CallPrimitive call)
            {
                // All results of a call have their cotangents when its first is reached.
                calls.GetValueOrDefault(node, []).ForEach(Settle);
                Node[] results = [.. calls.GetValueOrDefault(node, []).Where(cotangents.ContainsKey)];
                if (results.Length == 0)
                {
                    continue;
                }

                parts = call.Vjp(results, [.. results.Select(result => cotangents[result])]);
            }
            else if (cotangents.TryGetValue(node, out Node? dy))
            {
                if (node.Primitive is SlicePrimitive && live.Contains(node.Inputs[0]))
                {
                    SliceSum sum = slices.TryGetValue(node.Inputs[0], out SliceSum? begun) ? begun : slices[node.Inputs[0]] = new SliceSum();
                    sum.Add(node, dy);
                    continue;
                }

                parts = node.Primitive.Vjp(node, dy);
            }
            else
            {
                continue;
            }

            for (int k = 0; k < parts.Length; k++)
            {
                Node input = node.Inputs[k];
                if (parts[k] is { } part && live.Contains(input))
                {
                    cotangents[input] = cotangents.TryGetValue(input, out Node? sum) ? Op.Add(sum, part) : part;
                }
            }
        }

        var result = new Node[sources.Length];
        for (int i = 0; i < result.Length; i++)
        {
            Settle(sources[i]);
            result[i] = live.Contains(sources[i]) && cotangents.TryGetValue(sources[i], out Node? dx) ? dx : Op.Zeros(sources[i]);
        }

        return result;

        // What slices of a node gave it is joined once all of them are known.
        void Settle(Node node)
        {
            if (slices.Remove(node, out SliceSum? parts))
            {
                Node part = parts.Record();
                cotangents[node] = cotangents.TryGetValue(node, out Node? sum) ? Op.Add(sum, part) : part;
            }
        }
    }

    // The results of each call, under the first of them.
    static Dictionary<Node, List<Node>> Calls(List<Node> order, HashSet<Node> live)
    {
        var calls = new Dictionary<Node, List<Node>>(ReferenceEqualityComparer.Instance);
        foreach (Node node in order)
        {
            if (node.Primitive is CallPrimitive && node.Inputs.Length > 0 && live.Contains(node))
            {
                Node first = calls.Keys.FirstOrDefault(other => CallPrimitive.AreOfOneCall(other, node)) ?? node;
                if (!calls.TryGetValue(first, out List<Node>? results))
                {
                    calls[first] = results = [];
                }

                results.Add(node);
            }
        }

        return calls;
    }

    // The nodes from which a wanted one can be reached. What only outdated variables feed is a constant by now: it lets its sources go.
    static HashSet<Node> Live(List<Node> order, HashSet<Node> wanted)
    {
        var live = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in order)
        {
            bool reaches = wanted.Contains(node);
            foreach (Node input in node.Inputs)
            {
                reaches |= live.Contains(input);
            }

            if (reaches)
            {
                live.Add(node);
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
