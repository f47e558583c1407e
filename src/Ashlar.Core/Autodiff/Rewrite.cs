using Ashlar.Ir;

namespace Ashlar.Autodiff;

/// <summary>Records a graph anew with some nodes replaced.</summary>
public static class Rewrite
{
    /// <summary>The results with each node of <paramref name="from"/> replaced by its partner in <paramref name="to"/>.</summary>
    public static Node[] Replace(ReadOnlySpan<Node> results, ReadOnlySpan<Node> from, ReadOnlySpan<Node> to)
    {
        var replaced = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < from.Length; i++)
        {
            replaced[from[i]] = to[i];
        }

        foreach (Node node in GraphWalk.PostOrder(results, node => !replaced.ContainsKey(node)))
        {
            if (!replaced.ContainsKey(node))
            {
                replaced[node] = Again(node, replaced);
            }
        }

        var answer = new Node[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = replaced[results[i]];
        }

        return answer;
    }

    static Node Again(Node node, Dictionary<Node, Node> replaced)
    {
        bool changed = false;
        var inputs = new Node[node.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = replaced[node.Inputs[i]];
            changed |= !ReferenceEquals(inputs[i], node.Inputs[i]);
        }

        return changed ? Untraced(node, () => new Node(node.Primitive, inputs, node.Attributes)) : node;
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
