using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>What a plan moves and computes, against the least that any plan of its graph could move.</summary>
/// <param name="Kernels">Kernels run, those inside loops once for each step.</param>
/// <param name="Bytes">Bytes that the launches read and store, each operand once a launch.</param>
/// <param name="Least">Bytes of the slots that are read, the results and the assigned variables, each once: what would be moved if all intermediate values stayed in registers.</param>
/// <param name="Operations">Floating or integer operations.</param>
sealed record PlanTraffic(long Kernels, long Bytes, long Least, long Operations)
{
    public static PlanTraffic Of(PlanGraph graph, Launches launches, Dictionary<Node, View> views, BufferPlan buffers, IReadOnlyList<Cpu.Steps.Step> steps)
    {
        (long kernels, long bytes, long operations) = (0, 0, 0);
        var read = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < steps.Count; i++)
        {
            LaunchFacts facts = LaunchFacts.Of(launches.Groups[i], views, launches.Inline, buffers);
            operations += facts.Operations;
            if (steps[i] is LoopStep loop)
            {
                PlanTraffic body = loop.Traffic();
                kernels += body.Kernels * loop.Count;
                bytes += body.Bytes * loop.Count;
            }
            else
            {
                kernels++;
                bytes += facts.Bytes;
            }

            foreach (Node node in BufferPlan.Computed(launches.Groups[i]))
            {
                foreach (Node input in node.Inputs)
                {
                    Source(input);
                }
            }
        }

        long least = read.Sum(BytesOf) + graph.Outputs.Sum(BytesOf) + graph.Assigned.Sum(assigned => BytesOf(assigned.Value));
        return new PlanTraffic(kernels, bytes, least, operations);

        // A slot may be read through maps that every reader computes again.
        void Source(Node input)
        {
            Node source = views[input].Base;
            if (source.Primitive.Lowering == Lowering.Source)
            {
                read.Add(source);
            }
            else if (launches.Inline.Contains(source))
            {
                foreach (Node inner in source.Inputs)
                {
                    Source(inner);
                }
            }
        }
    }

    static long BytesOf(Node node) => (long)node.Shape.Size * node.Type.ItemSize;
}
