using Ashlar.Cpu.Map;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Kernels;

namespace Ashlar.Schedule;

/// <content>What passes over a block of rows ask for while they compute: the lines that the next pass writes, and the next block. An input of their nest that nothing reads stands for it.</content>
sealed partial class StepBuilder
{
    // Smaller results are near.
    const long LeastBytesToWrite = 1 << 16;

    // Fewer bytes stay in the second-level cache, and so do not more of one row.
    const long LeastBytesToRead = 1 << 20;
    const int LongestRowToRead = 4096;

    // The first walk over all elements asks for the next block, each for the results of the walk after it.
    void Fetch(Group group, Dictionary<Node, int> pass, Dictionary<Node, int> bindings, List<RowScratch> scratch, NestBuilder nest, int current)
    {
        int[] walks = [.. group.Nodes.Where(node => node.Primitive.Lowering == Lowering.Map && !IsPerRow(group, node)).Select(node => pass[node]).Distinct().Order()];
        int next = Array.IndexOf(walks, current) + 1;
        foreach (Node node in group.Nodes.Where(node => next > 0 && next < walks.Length && pass[node] == walks[next] && IsWrittenFar(group, node, bindings)))
        {
            nest.Fetch(node.Type, buffers.Of(node));
        }

        if (next != 1 || Space.Size(group.Extents.AsSpan(group.RowAxes)) > LongestRowToRead)
        {
            return;
        }

        foreach (Node input in group.Nodes.SelectMany(node => node.Inputs.ToArray()).Where(input => IsReadFar(group, input, pass, bindings)).DistinctBy(input => buffers.Of(views[input].Base)))
        {
            nest.Fetch(input.Type, ~scratch.Count);
            scratch.Add(new RowScratch(input.Type.ItemSize, IsPerRow: false, Ahead: buffers.Of(views[input].Base)));
        }
    }

    // What is written past the caches is not fetched.
    bool IsWrittenFar(Group group, Node node, Dictionary<Node, int> bindings)
    {
        long bytes = (long)node.Shape.Size * node.Type.ItemSize;
        return buffers.IsStored(node) && !IsPerRow(group, node) && bindings[node] == buffers.Of(node) && node.Type.ItemSize == sizeof(float) && bytes >= LeastBytesToWrite && !NestLoop.IsLarge(bytes);
    }

    // Whole, in the order of the rows.
    bool IsReadFar(Group group, Node input, Dictionary<Node, int> pass, Dictionary<Node, int> bindings)
    {
        View view = views[input];
        return view.Base.Primitive.Lowering is not (Lowering.Iota or Lowering.Literal) && !pass.ContainsKey(view.Base) && !bindings.ContainsKey(view.Base) && !inline.Contains(view.Base)
            && input.Type.ItemSize == sizeof(float) && (long)input.Shape.Size * sizeof(float) >= LeastBytesToRead
            && view.Offset == 0 && Space.Strides(input.Shape, view.Strides).AsSpan().SequenceEqual(Space.Contiguous(group.Extents));
    }
}
