namespace Ashlar.Ir;

/// <summary>Visits a graph from its roots, operands before users, without recursion.</summary>
public static class GraphWalk
{
    // Room for the result of a small walk, so that it need not grow.
    const int NodesAtFirst = 8;

    static long _walks;

    // The nodes between a root and the node that is visited; kept from walk to walk, empty between them.
    static (Node Node, int Next)[] _stack = new (Node, int)[256];

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
        var order = new List<Node>(NodesAtFirst);
        int depth = 0;
        int deepest = 0;
        foreach (Node root in roots)
        {
            Push(root);
            while (depth > 0)
            {
                ref (Node Node, int Next) top = ref _stack[depth - 1];
                ReadOnlySpan<Node> inputs = top.Next < 0 ? [] : top.Node.Inputs;
                int next = Math.Max(0, top.Next);
                while (next < inputs.Length && inputs[next].Mark == walk)
                {
                    next++;
                }

                if (next < inputs.Length)
                {
                    top.Next = next + 1;
                    Push(inputs[next]);
                }
                else
                {
                    top.Node.Place = order.Count;
                    order.Add(top.Node);
                    depth--;
                }
            }
        }

        Array.Clear(_stack, 0, deepest);
        return order;

        void Push(Node node)
        {
            if (node.Mark != walk)
            {
                node.Mark = walk;
                if (depth == _stack.Length)
                {
                    Array.Resize(ref _stack, 2 * depth);
                }

                _stack[depth++] = (node, enter(node) ? 0 : -1);
                deepest = Math.Max(deepest, depth);
            }
        }
    }
}
