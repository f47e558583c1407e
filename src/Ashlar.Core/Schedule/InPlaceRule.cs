using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>When an assignment may be written over the value that the plan reads.</summary>
static class InPlaceRule
{
    /// <summary>Allowed if no later launch reads the old value, and the launch that writes reads it only element by element at the same places.</summary>
    public static bool Allows(PlanGraph graph, Dictionary<Node, View> views, Dictionary<Node, Group> groupOf, Node value, int slot)
    {
        if (slot < 0 || !groupOf.TryGetValue(value, out Group? writer) || writer.Kind is GroupKind.Row or GroupKind.Library || ReferenceEquals(writer.Root, value))
        {
            return false;
        }

        foreach (Node node in graph.Order())
        {
            if (!groupOf.TryGetValue(node, out Group? reader))
            {
                continue;
            }

            foreach (Node input in node.Inputs)
            {
                View view = views[input];
                if (view.Base.Primitive.Lowering != Lowering.Source || (int)view.Base.Bits != slot)
                {
                    continue;
                }

                bool safe = reader.Number < writer.Number
                    || (reader == writer && writer.Nodes.Contains(node) && view.IsWhole(input.Shape) && view.Base.Shape.Size == value.Shape.Size);
                if (!safe)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
