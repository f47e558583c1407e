using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>What a profile says of a launch: worked out once per plan, when the first profile asks.</summary>
sealed record LaunchFacts(string Name, string Space, long Operations, long Bytes)
{
    const int MostNames = 6;

    public static LaunchFacts Of(Group group, Dictionary<Node, View> views, BufferPlan buffers)
    {
        Node[] nodes = [.. BufferPlan.Computed(group)];
        string[] names = [.. nodes.Select(node => node.Primitive.Name).Distinct()];
        string name = $"{group.Kind} {string.Join(" ", names.Take(MostNames))}{(names.Length > MostNames ? $" and {names.Length - MostNames} more" : "")}";
        var inside = new HashSet<Node>(nodes, ReferenceEqualityComparer.Instance);
        var read = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in nodes)
        {
            foreach (Node input in node.Inputs)
            {
                read.Add(views[input].Base);
            }
        }

        long bytes = read.Where(node => !inside.Contains(node)).Sum(Bytes) + nodes.Where(buffers.IsStored).Sum(Bytes);
        return new LaunchFacts(name, $"[{string.Join(", ", group.Extents)}]", nodes.Sum(node => node.Primitive.Cost(node)), bytes);

        static long Bytes(Node node) => (long)node.Shape.Size * node.Type.ItemSize;
    }
}
