using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Autodiff;

/// <summary>Turns a graph over one example into the graph over a batch of them, by each primitive's vmap rule.</summary>
public static class Vectorize
{
    /// <param name="results">The graph over one example.</param>
    /// <param name="examples">Its inputs.</param>
    /// <param name="batches">For each input the batch, with the batch as axis 0.</param>
    /// <returns>The results with the batch as axis 0; one that depends on no input is repeated.</returns>
    public static Node[] Over(ReadOnlySpan<Node> results, ReadOnlySpan<Node> examples, ReadOnlySpan<Node> batches)
    {
        int extent = batches[0].Shape[0];
        Node?[] dependent = Dependent(results, examples, batches);
        var answer = new Node[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = dependent[i] ?? Batching.Batch(results[i], extent);
        }

        return answer;
    }

    /// <summary>As <see cref="Over"/>, with null for a result that depends on no input: it is the same for every example.</summary>
    public static Node?[] Dependent(ReadOnlySpan<Node> results, ReadOnlySpan<Node> examples, ReadOnlySpan<Node> batches)
    {
        var batched = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < examples.Length; i++)
        {
            batched[examples[i]] = batches[i];
        }

        foreach (Node node in GraphWalk.PostOrder(results, node => !batched.ContainsKey(node)))
        {
            if (batched.ContainsKey(node))
            {
                continue;
            }

            var inputs = new Node[node.Inputs.Length];
            var flags = new bool[inputs.Length];
            bool any = false;
            for (int i = 0; i < inputs.Length; i++)
            {
                flags[i] = batched.TryGetValue(node.Inputs[i], out Node? batch);
                inputs[i] = flags[i] ? batch! : node.Inputs[i];
                any |= flags[i];
            }

            if (any)
            {
                batched[node] = Rewrite.Untraced(node, () => node.Primitive.Vmap(node, inputs, flags));
            }
        }

        var answer = new Node?[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = batched.GetValueOrDefault(results[i]);
        }

        return answer;
    }
}
