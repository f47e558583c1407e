using Ashlar.Calls;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <content>Launches that run functions.</content>
sealed partial class StepBuilder
{
    Step BuildCall(Group group)
    {
        Node root = group.Root!;
        int[] inputs = [.. root.Inputs.ToArray().Select(input => buffers.Of(views[input].Base))];
        int Temporary(nint bytes) => buffers.Temporary(bytes, group.Number);
        switch (root.Attributes)
        {
            case LoopAttributes loop:
                return new LoopStep(loop, inputs, ResultsOf(group, loop.Carries + loop.Outputs + loop.Carries), options, Temporary);
            case CondAttributes cond:
                return new CondStep(cond, inputs, ResultsOf(group, cond.Then.Results.Length), options, Temporary);
            case WhileAttributes loop:
                return new WhileStep(loop, inputs, ResultsOf(group, loop.Carries), options, Temporary);
            default:
                throw new InvalidOperationException($"{root.Primitive.Name}: no step runs it. Add one to Schedule and name it here.");
        }
    }

    // For each result of the call its buffer, or -1.
    int[] ResultsOf(Group group, int count)
    {
        var results = new int[count];
        results.AsSpan().Fill(-1);
        foreach (Node node in BufferPlan.Computed(group).Where(buffers.IsStored))
        {
            results[((CallAttributes)node.Attributes!).Result] = buffers.Of(node);
        }

        return results;
    }
}
