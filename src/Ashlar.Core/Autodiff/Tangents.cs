using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Autodiff;

/// <summary>Forward-mode differentiation: a graph in, a graph out, so it composes with itself and with <see cref="Gradients"/>.</summary>
public static class Tangents
{
    /// <summary>The Jacobian-vector product: what the results change by when the sources move along tangents.</summary>
    /// <param name="results">The graph.</param>
    /// <param name="sources">What moves.</param>
    /// <param name="tangents">For each source its direction, in its shape and dtype.</param>
    /// <returns>For each result its tangent, in its shape; zeros where no source leads to it.</returns>
    public static Node[] Of(ReadOnlySpan<Node> results, ReadOnlySpan<Node> sources, ReadOnlySpan<Node> tangents)
    {
        var known = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < sources.Length; i++)
        {
            known[sources[i]] = tangents[i];
        }

        var probes = new List<Node>();
        foreach (Node node in GraphWalk.PostOrder(results, node => node.IsTraced && !known.ContainsKey(node)))
        {
            if (!node.IsTraced || known.ContainsKey(node))
            {
                continue;
            }

            var given = new Node?[node.Inputs.Length];
            bool any = false;
            for (int i = 0; i < given.Length; i++)
            {
                given[i] = known.GetValueOrDefault(node.Inputs[i]);
                any |= given[i] is not null;
            }

            if (any && Through(node, given, probes) is { } tangent)
            {
                known[node] = tangent;
            }
        }

        var answer = new Node[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = known.GetValueOrDefault(results[i]) ?? Op.Zeros(results[i]);
        }

        // A vjp that is linear in its cotangent, as it should be, leaves no probe behind.
        Node[] zeros = [.. probes.Select(probe => probe.Inputs[0])];
        return probes.Count == 0 ? answer : Rewrite.Replace(answer, probes.ToArray(), zeros);
    }

    static Node? Through(Node node, Node?[] tangents, List<Node> probes)
    {
        if (node.Primitive.TryJvp(node, tangents, out Node? tangent))
        {
            return tangent;
        }

        if (!node.Type.IsFloating)
        {
            return null;
        }

        // u ↦ Jᵀu is linear, so its transpose is J: the gradient of the vjp with respect to its cotangent.
        Node probe = Op.Barrier(Op.Zeros(node));
        probes.Add(probe);
        var border = new HashSet<Node>(ReferenceEqualityComparer.Instance) { node };
        foreach (Node input in node.Inputs)
        {
            border.Add(input);
        }

        Node?[] parts = node.Primitive.Vjp(node, probe);
        for (int i = 0; i < parts.Length; i++)
        {
            if (tangents[i] is { } dx && parts[i] is { } part)
            {
                Node term = Gradients.Of([part], [dx], [probe], inner => inner.IsTraced && !border.Contains(inner))[0];
                tangent = tangent is null ? term : Op.Add(tangent, term);
            }
        }

        return tangent;
    }
}
