using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Schedule;

/// <summary>Maps that depend on leaves alone and are so cheap that every reader computes them again instead of waiting for a launch.</summary>
sealed class InlineNodes(Dictionary<Node, View> views, HashSet<Node> roots)
{
    const int CheapSteps = 8;

    readonly HashSet<Node> _nodes = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<Node> _uniform = new(ReferenceEqualityComparer.Instance);

    public bool Contains(Node node) => _nodes.Contains(node);

    /// <summary>Takes a map of leaves in if it may be computed by its readers.</summary>
    public bool TryAdd(Node node, Func<Node, List<Node>> users)
    {
        bool uniform = true;
        foreach (Node input in node.Inputs)
        {
            Node source = views[input].Base;
            uniform &= source.Primitive.Lowering == Lowering.Literal || (source.Primitive.Lowering == Lowering.Source && source.Shape.Size == 1) || _uniform.Contains(source);
        }

        var map = (MapPrimitive)node.Primitive;
        bool cheap = map.Program(Array.ConvertAll(node.Inputs.ToArray(), input => input.Type), node.Attributes).Instructions.Length <= CheapSteps;
        if (roots.Contains(node) || !cheap || !ReadByMaps(node, node, uniform, users))
        {
            return false;
        }

        _nodes.Add(node);
        if (uniform)
        {
            _uniform.Add(node);
        }

        return true;
    }

    // A value that is the same everywhere may be read through any view; others only at the same places.
    bool ReadByMaps(Node node, Node read, bool uniform, Func<Node, List<Node>> users)
    {
        foreach (Node user in users(read))
        {
            bool fits = user.Primitive.Lowering switch
            {
                Lowering.Map => uniform || (views[read].IsWhole(read.Shape) && Kernels.Space.Of(read.Shape).AsSpan().SequenceEqual(Kernels.Space.Of(node.Shape))),
                Lowering.View => ReadByMaps(node, user, uniform, users),
                _ => false,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
