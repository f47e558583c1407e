namespace Ashlar.Ir;

/// <summary>A graph carried out node by node, by the scalar definitions.</summary>
static class GraphEvaluation
{
    /// <summary>The values of the nodes.</summary>
    /// <param name="order">The nodes, operands before users.</param>
    /// <param name="leaf">The value of a node that is given, or null for one that is to be computed.</param>
    public static Dictionary<Node, HostArray> Run(IReadOnlyList<Node> order, Func<Node, HostArray?> leaf)
    {
        var values = new Dictionary<Node, HostArray>(ReferenceEqualityComparer.Instance);
        foreach (Node node in order)
        {
            if (values.ContainsKey(node))
            {
                continue;
            }

            if (leaf(node) is { } given)
            {
                values[node] = given;
                continue;
            }

            // A call runs once for all of its results.
            Node[] results = node.Primitive is CallPrimitive ? [.. order.Where(other => CallPrimitive.AreOfOneCall(other, node))] : [node];
            HostArray[] inputs = Array.ConvertAll(node.Inputs.ToArray(), input => values[input]);
            HostArray[] made = Array.ConvertAll(results, result => values[result] = new HostArray(result.Type, result.Shape));
            if (node.Primitive is CallPrimitive call)
            {
                call.Evaluate(results, inputs, made);
            }
            else
            {
                node.Primitive.Evaluate(node, inputs, made[0]);
            }
        }

        return values;
    }
}
