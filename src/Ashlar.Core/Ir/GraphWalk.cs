namespace Ashlar.Ir;

/// <summary>Visits a graph from its roots, operands before users, without recursion.</summary>
public static class GraphWalk
{
    static long _walks;

    /// <summary>Guards the marks that a walk leaves on nodes: one walk at a time.</summary>
    internal static Lock Gate { get; } = new();

    /// <summary>The nodes in the order in which they can be computed.</summary>
    /// <param name="roots">Where to begin.</param>
    /// <param name="enter">Whether to go on to a node's operands; the node itself is always visited.</param>
    public static List<Node> PostOrder(ReadOnlySpan<Node> roots, Func<Node, bool> enter)
    {
        lock (Gate)
        {
            return PostOrderMarked(roots, enter);
        }
    }

    // Leaves on each node its place in the order; the caller holds the gate for as long as it reads them.
    internal static List<Node> PostOrderMarked(ReadOnlySpan<Node> roots, Func<Node, bool> enter)
    {
        long walk = ++_walks;
        var order = new List<Node>();
        var stack = new Stack<(Node Node, int Next)>();
        foreach (Node root in roots)
        {
            Push(root);
            while (stack.TryPop(out (Node Node, int Next) top))
            {
                ReadOnlySpan<Node> inputs = top.Next < 0 ? [] : top.Node.Inputs;
                int next = top.Next;
                while (next >= 0 && next < inputs.Length && inputs[next].Mark == walk)
                {
                    next++;
                }

                if (next >= 0 && next < inputs.Length)
                {
                    stack.Push((top.Node, next + 1));
                    Push(inputs[next]);
                }
                else
                {
                    top.Node.Place = order.Count;
                    order.Add(top.Node);
                }
            }
        }

        return order;

        void Push(Node node)
        {
            if (node.Mark != walk)
            {
                node.Mark = walk;
                stack.Push((node, enter(node) ? 0 : -1));
            }
        }
    }
}
