namespace Ashlar.Ir;

/// <summary>The nodes of a graph in the order in which they can be computed, and the places of each node's operands in it: what goes over a graph several times looks nothing up.</summary>
sealed class WalkedGraph
{
    readonly int[] _starts;
    readonly int[] _operands;
    readonly int[] _roots;
    readonly int[] _asked;

    WalkedGraph(List<Node> nodes, int[] starts, int[] operands, int[] roots, int[] asked) =>
        (Nodes, _starts, _operands, _roots, _asked) = (nodes, starts, operands, roots, asked);

    /// <summary>The nodes, operands before users.</summary>
    public List<Node> Nodes { get; }

    /// <summary>The places of the roots.</summary>
    public ReadOnlySpan<int> Roots => _roots;

    /// <summary>The places of the nodes that were asked for, -1 for one that the walk did not meet.</summary>
    public ReadOnlySpan<int> Asked => _asked;

    /// <summary>The places of a node's operands; none for a node that was not entered.</summary>
    public ReadOnlySpan<int> Operands(int place) => _operands.AsSpan(_starts[place], _starts[place + 1] - _starts[place]);

    /// <summary>Walks a graph.</summary>
    /// <param name="roots">Where to begin.</param>
    /// <param name="enter">Whether to go on to a node's operands; the node itself is always visited.</param>
    /// <param name="asked">Nodes whose places are wanted.</param>
    public static WalkedGraph Of(ReadOnlySpan<Node> roots, Func<Node, bool> enter, ReadOnlySpan<Node> asked)
    {
        lock (GraphWalk.Gate)
        {
            List<Node> nodes = GraphWalk.PostOrderMarked(roots, enter);
            var starts = new int[nodes.Count + 1];
            int count = 0;
            for (int i = 0; i < nodes.Count; i++)
            {
                starts[i] = count;
                count += enter(nodes[i]) ? nodes[i].Inputs.Length : 0;
            }

            starts[^1] = count;
            var operands = new int[count];
            for (int i = 0; i < nodes.Count; i++)
            {
                for (int k = starts[i]; k < starts[i + 1]; k++)
                {
                    operands[k] = nodes[i].Inputs[k - starts[i]].Place;
                }
            }

            return new WalkedGraph(nodes, starts, operands, Places(nodes, roots), Places(nodes, asked));
        }
    }

    // A node that another walk met may have a place of that one.
    static int[] Places(List<Node> nodes, ReadOnlySpan<Node> wanted)
    {
        var places = new int[wanted.Length];
        for (int i = 0; i < places.Length; i++)
        {
            int place = wanted[i].Place;
            places[i] = (uint)place < (uint)nodes.Count && ReferenceEquals(nodes[place], wanted[i]) ? place : -1;
        }

        return places;
    }
}
