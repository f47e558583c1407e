using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Schedule;

/// <summary>Maps that every reader computes again: cheap ones of leaves alone, which then wait for no launch, and cheap ones whose operands in memory are no larger than their value,
/// as a batch less its mean, which then are never written.</summary>
sealed class InlineNodes(Dictionary<Node, View> views, HashSet<Node> roots)
{
    const int CheapSteps = 8;
    const int FewSteps = 8;
    const int SmallShare = 8;

    // Most maps that reading one of them computes, each counted as often as it is read: what walks them walks a tree, in which a map that reads another twice has it twice.
    const int MostReads = 64;

    readonly Dictionary<Node, int> _reads = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<Node> _uniform = new(ReferenceEqualityComparer.Instance);

    public bool Contains(Node node) => _reads.ContainsKey(node);

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
        int reads = ReadsOf(node);
        if (roots.Contains(node) || !cheap || reads > MostReads || !ReadByMaps(node, node, uniform, users))
        {
            return false;
        }

        _reads.Add(node, reads);
        if (uniform)
        {
            _uniform.Add(node);
        }

        return true;
    }

    /// <summary>Takes a map of computed values in if reading its large operands again costs no more memory traffic than writing and reading it.</summary>
    public bool TryAddComputed(Node node, Func<Node, List<Node>> users)
    {
        int reads = ReadsOf(node);
        if (roots.Contains(node) || reads > MostReads)
        {
            return false;
        }

        var maps = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var read = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        bool whole = Gather(node, node.Shape.Size, maps, read);
        bool pays = read.Count <= 1 || (read.Count == 2 && users(node).Count == 1);
        if (!whole || !pays || maps.Sum(StepsOf) > FewSteps || !ReadByMaps(node, node, false, users, byReductions: true))
        {
            return false;
        }

        _reads.Add(node, reads);
        return true;
    }

    int ReadsOf(Node node) => 1 + node.Inputs.ToArray().Sum(input => _reads.GetValueOrDefault(views[input].Base));

    // The maps that a reader would compute, and what large it would read; whether that is read in its own order.
    bool Gather(Node node, long size, HashSet<Node> maps, HashSet<Node> read)
    {
        bool whole = true;
        maps.Add(node);
        foreach (Node input in node.Inputs)
        {
            View view = views[input];
            if (Contains(view.Base))
            {
                whole &= Gather(view.Base, size, maps, read);
            }
            else if ((long)view.Base.Shape.Size * SmallShare > size)
            {
                whole &= view.IsWhole(input.Shape);
                read.Add(view.Base);
            }
        }

        return whole;
    }

    static int StepsOf(Node node) => ((MapPrimitive)node.Primitive).Program(Array.ConvertAll(node.Inputs.ToArray(), input => input.Type), node.Attributes).Instructions.Length - node.Inputs.Length;

    // A value that is the same everywhere may be read through any view; others only at the same places.
    bool ReadByMaps(Node node, Node read, bool uniform, Func<Node, List<Node>> users, bool byReductions = false)
    {
        foreach (Node user in users(read))
        {
            bool fits = user.Primitive.Lowering switch
            {
                Lowering.Map or Lowering.Reduce when user.Primitive.Lowering == Lowering.Map || byReductions => uniform || (views[read].IsWhole(read.Shape) && Kernels.Space.Of(read.Shape).AsSpan().SequenceEqual(Kernels.Space.Of(node.Shape))),
                Lowering.View => ReadByMaps(node, user, uniform, users, byReductions),
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
