using Ashlar.Cpu.Map;
using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar.Schedule;

/// <content>The values of a launch of rows: in which pass each is computed, which reductions the pass before takes in, and what is cheaper to compute again than to keep.</content>
sealed partial class StepBuilder
{
    const int FewSteps = 6;
    const int FewArrays = 2;

    static bool IsPerRow(Group group, Node node) => node.Primitive.Lowering == Lowering.Reduce || !group.IsFull(node.Shape);

    // A value that depends on a reduction of pass p is computed in pass p (one per row) or p + 1 (over all elements).
    Dictionary<Node, int> Passes(Group group)
    {
        var pass = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (Node node in group.Nodes)
        {
            int earliest = 0;
            foreach (Node input in node.Inputs)
            {
                Node source = views[input].Base;
                if (pass.TryGetValue(source, out int before))
                {
                    bool waits = IsPerRow(group, source) && !IsPerRow(group, node);
                    earliest = Math.Max(earliest, before + (waits ? 1 : 0));
                }
            }

            pass[node] = earliest;
        }

        return pass;
    }

    // The reductions of values that the same pass computes, if rows of so many elements can be reduced in registers. One row of all elements is left as it is:
    // its length is that of a batch or a sequence, and another length must need no other kernel.
    HashSet<Node> Folded(Group group, Dictionary<Node, int> pass, int columns)
    {
        IEnumerable<Node> folded = group.Nodes.Where(node =>
            node.Primitive.Lowering == Lowering.Reduce && node.Type == DType.Float32 && FoldLanes.Fit(columns)
            && pass.TryGetValue(views[node.Inputs[0]].Base, out int before) && before == pass[node]);
        return new HashSet<Node>(folded, ReferenceEqualityComparer.Instance);
    }

    bool IsReadLater(Group group, Node node, Dictionary<Node, int> pass, HashSet<Node> folded) =>
        group.Nodes.Exists(user => Reads(user, node) && (pass[user] > pass[node] || (user.Primitive.Lowering == Lowering.Reduce && !folded.Contains(user))));

    bool IsReduced(Group group, Node node, HashSet<Node> folded) => group.Nodes.Exists(user => user.Primitive.Lowering == Lowering.Reduce && !folded.Contains(user) && Reads(user, node));

    bool Reads(Node user, Node node) => Array.Exists(user.Inputs.ToArray(), input => ReferenceEquals(views[input].Base, node));

    // The values that later passes would have to compute again to have this one; null if that is dearer than keeping it.
    HashSet<Node>? Repeated(Group group, Node node, Dictionary<Node, int> bindings)
    {
        var chain = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var arrays = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        int steps = 0;
        Gather(node);
        return steps <= FewSteps && arrays.Count <= FewArrays ? chain : null;

        void Gather(Node value)
        {
            var map = (MapPrimitive)value.Primitive;
            ReadOnlySpan<ScalarInstruction> program = map.Program(Array.ConvertAll(value.Inputs.ToArray(), input => input.Type), value.Attributes).Instructions;
            steps += program.Length - value.Inputs.Length;
            foreach (Node input in value.Inputs)
            {
                Node source = views[input].Base;
                if (inline.Contains(source))
                {
                    Gather(source);
                }
                else if (group.Nodes.Contains(source) && !bindings.ContainsKey(source))
                {
                    Gather(source);
                }
                else if (source.Shape.Size >= node.Shape.Size && source.Primitive.Lowering is not (Lowering.Literal or Lowering.Iota))
                {
                    arrays.Add(source);
                }
            }

            if (!inline.Contains(value))
            {
                chain.Add(value);
            }
        }
    }
}
