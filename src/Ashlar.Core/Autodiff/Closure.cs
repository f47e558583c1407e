using Ashlar.Ir;

namespace Ashlar.Autodiff;

/// <summary>What a recorded function consists of: the nodes that depend on its arguments, and those of outside that it reads.</summary>
/// <param name="Inner">The nodes that depend on an argument, in order; the arguments are not among them.</param>
/// <param name="Captured">The nodes that inner ones read and that depend on no argument, in the order of reading; results that depend on none too.</param>
public sealed record Closure(IReadOnlyList<Node> Inner, IReadOnlyList<Node> Captured)
{
    /// <summary>Reads a recorded function.</summary>
    /// <param name="results">What it returned.</param>
    /// <param name="arguments">The nodes that it was given.</param>
    public static Closure Of(ReadOnlySpan<Node> results, ReadOnlySpan<Node> arguments)
    {
        var dependent = new HashSet<Node>(arguments.ToArray(), ReferenceEqualityComparer.Instance);
        var inner = new List<Node>();
        List<Node> order = GraphWalk.PostOrder(results, node => !dependent.Contains(node));
        foreach (Node node in order)
        {
            bool depends = false;
            foreach (Node input in node.Inputs)
            {
                depends |= dependent.Contains(input);
            }

            if (depends && dependent.Add(node))
            {
                inner.Add(node);
            }
        }

        var captured = new List<Node>();
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in inner)
        {
            foreach (Node input in node.Inputs)
            {
                Capture(input);
            }
        }

        foreach (Node result in results)
        {
            Capture(result);
        }

        return new Closure(inner, captured);

        void Capture(Node node)
        {
            if (!dependent.Contains(node) && seen.Add(node))
            {
                captured.Add(node);
            }
        }
    }
}
