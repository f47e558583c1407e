using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>When an assignment may be written over the value that the plan reads.</summary>
static class InPlaceRule
{
    /// <summary>Allowed if no later launch reads the old value, and the launch that writes reads it only element by element at the same places.</summary>
    public static bool Allows(PlanGraph graph, Dictionary<Node, View> views, Launches launches, Node value, int slot)
    {
        if (slot < 0 || !launches.GroupOf.TryGetValue(value, out Group? writer) || IsNotElementwise(writer, value))
        {
            return false;
        }

        // The maps on a reduction over rows run when the rows are through.
        List<Node> walk = writer.Sums.Find(sum => sum.Nodes.Contains(value))?.Nodes ?? writer.Nodes;

        foreach (Node node in graph.Order())
        {
            if (launches.GroupOf.TryGetValue(node, out Group? reader) && reader.Number >= writer.Number)
            {
                bool sameWalk = reader == writer && walk.Contains(node);
                bool isBefore = reader == writer && walk != writer.Nodes && writer.Nodes.Contains(node);
                if (!isBefore && !IsSafe(node, sameWalk))
                {
                    return false;
                }
            }
        }

        return true;

        bool IsSafe(Node node, bool sameWalk)
        {
            foreach (Node input in node.Inputs)
            {
                View view = views[input];
                if (launches.Inline.Contains(view.Base))
                {
                    if (!IsSafe(view.Base, sameWalk))
                    {
                        return false;
                    }
                }
                else if (view.Base.Primitive.Lowering == Lowering.Source && (int)view.Base.Bits == slot
                    && !(sameWalk && view.IsWhole(input.Shape) && view.Base.Shape.Size == value.Shape.Size))
                {
                    return false;
                }
            }

            return true;
        }
    }

    static bool IsNotElementwise(Group writer, Node value) => ReferenceEquals(writer.Root, value)
        || (writer.Kind is GroupKind.Row or GroupKind.Slices or GroupKind.Attention or GroupKind.Library && !writer.Sums.Exists(sum => sum.Nodes.Contains(value)));
}
