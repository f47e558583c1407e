using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>What a profile says of a launch: worked out once per plan, when the first profile asks.</summary>
sealed record LaunchFacts(string Name, string Space, long Operations, long Bytes)
{
    const int MostNames = 6;

    public static LaunchFacts Of(Group group, Dictionary<Node, View> views, InlineNodes inline, BufferPlan buffers)
    {
        Node[] nodes = [.. BufferPlan.Computed(group)];
        string[] names = [.. nodes.Select(node => node.Primitive.Name).Distinct()];
        string name = $"{group.Kind} {string.Join(" ", names.Take(MostNames))}{(names.Length > MostNames ? $" and {names.Length - MostNames} more" : "")}";
        var inside = new HashSet<Node>(nodes, ReferenceEqualityComparer.Instance);
        var inputs = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var read = new Dictionary<Node, long>(ReferenceEqualityComparer.Instance);
        foreach (Node node in nodes)
        {
            ReadInputs(node);
        }

        long bytes = read.Values.Sum() + nodes.Where(buffers.IsStored).Sum(Bytes);
        return new LaunchFacts(name, $"[{string.Join(", ", group.Extents)}]", nodes.Sum(node => node.Primitive.Cost(node)), bytes);

        void ReadInputs(Node node)
        {
            foreach (Node input in node.Inputs.ToArray().Where(inputs.Add))
            {
                Node source = views[input].Base;
                if (inline.Contains(source))
                {
                    ReadInputs(source);
                }
                else if (!inside.Contains(source) && source.Primitive.Lowering is not (Lowering.Literal or Lowering.Iota))
                {
                    // Several parts of one value are at most all of it; a repeated one is read once.
                    read[source] = Math.Min(Bytes(source), read.GetValueOrDefault(source) + Bytes(input));
                }
            }
        }

        static long Bytes(Node node) => (long)node.Shape.Size * node.Type.ItemSize;
    }
}
