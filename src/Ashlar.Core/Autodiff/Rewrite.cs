using Ashlar.Ir;

namespace Ashlar.Autodiff;

/// <summary>Records a graph anew with some nodes replaced.</summary>
public static class Rewrite
{
    // So few nodes are found sooner one by one than in a table.
    const int Few = 8;

    /// <summary>The results with each node of <paramref name="from"/> replaced by its partner in <paramref name="to"/>.</summary>
    public static Node[] Replace(ReadOnlySpan<Node> results, ReadOnlySpan<Node> from, ReadOnlySpan<Node> to)
    {
        Node[] ends = from.ToArray();
        HashSet<Node>? table = ends.Length > Few ? new HashSet<Node>(ends, ReferenceEqualityComparer.Instance) : null;
        var graph = WalkedGraph.Of(results, node => table is null ? Array.IndexOf(ends, node) < 0 : !table.Contains(node), from);
        var replaced = new Node?[graph.Nodes.Count];
        for (int i = 0; i < ends.Length; i++)
        {
            if (graph.Asked[i] >= 0)
            {
                replaced[graph.Asked[i]] = to[i];
            }
        }

        for (int i = 0; i < replaced.Length; i++)
        {
            replaced[i] ??= Again(graph.Nodes[i], graph.Operands(i), replaced);
        }

        var answer = new Node[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = replaced[graph.Roots[i]]!;
        }

        return answer;
    }

    /// <summary>The results with each node of <paramref name="from"/> replaced by its partner in <paramref name="to"/>, in place: the nodes between change their operands instead of being recorded anew.
    /// For nodes of a function that was recorded on stand-ins which are done with; whoever else holds one of them sees it with the partners too.</summary>
    internal static Node[] Redirect(ReadOnlySpan<Node> results, Node[] from, Node[] to)
    {
        HashSet<Node>? table = from.Length > Few ? new HashSet<Node>(from, ReferenceEqualityComparer.Instance) : null;
        var graph = WalkedGraph.Of(results, node => table is null ? Array.IndexOf(from, node) < 0 : !table.Contains(node), from);
        var partners = new Node?[graph.Nodes.Count];
        var changed = new bool[graph.Nodes.Count];
        for (int i = 0; i < from.Length; i++)
        {
            if (graph.Asked[i] >= 0)
            {
                partners[graph.Asked[i]] = to[i];
            }
        }

        for (int i = 0; i < changed.Length; i++)
        {
            ReadOnlySpan<int> operands = graph.Operands(i);
            for (int k = 0; k < operands.Length; k++)
            {
                changed[i] |= changed[operands[k]];
                if (partners[operands[k]] is { } partner)
                {
                    graph.Nodes[i].Redirect(k, partner);
                    changed[i] = true;
                }
            }

            if (changed[i])
            {
                graph.Nodes[i].Retrace();
            }
        }

        var answer = new Node[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = partners[graph.Roots[i]] ?? results[i];
        }

        return answer;
    }

    static Node Again(Node node, ReadOnlySpan<int> operands, Node?[] replaced)
    {
        Node[]? inputs = null;
        bool alike = true;
        for (int i = 0; i < operands.Length; i++)
        {
            (Node before, Node now) = (node.Inputs[i], replaced[operands[i]]!);
            if (!ReferenceEquals(now, before))
            {
                inputs ??= node.Inputs.ToArray();
                inputs[i] = now;
                alike &= now.Type == before.Type && now.Shape.Equals(before.Shape);
            }
        }

        if (inputs is null)
        {
            return node;
        }

        using Origin.Inheritance origin = Origin.Same(node);
        if (node.IsTraced)
        {
            return alike ? Node.Like(node, inputs) : new Node(node.Primitive, inputs, node.Attributes);
        }

        using Node.NoGradientScope scope = Node.NoGradient();
        return alike ? Node.Like(node, inputs) : new Node(node.Primitive, inputs, node.Attributes);
    }

    // What was recorded without a gradient is recorded so again.
    internal static Node Untraced(Node like, Func<Node> record)
    {
        using Origin.Inheritance origin = Origin.Same(like);
        if (like.IsTraced)
        {
            return record();
        }

        using Node.NoGradientScope scope = Node.NoGradient();
        return record();
    }
}
