using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>A <see cref="ScalarProgram"/> lowered to vectors: four lane types, booleans as masks, narrow integers in int32 lanes, half floats in float32 lanes.</summary>
/// <param name="Lanes">Elements per vector: as many as fit if the largest value fills the machine's widest one, of 32 bytes or 64. A vector has Lanes · item size bytes.</param>
/// <param name="Steps">The steps in order; all of them are needed.</param>
/// <param name="Outputs">Per output the number of the step that makes it and its stored type.</param>
/// <param name="Unread">Inputs that no step reads, which are contiguous and have elements of four bytes: memory to be fetched on the way.</param>
sealed record LaneProgram(int Lanes, LaneInstruction[] Steps, (int Step, DType Stored)[] Outputs, int[] Unread)
{
    /// <summary>How often each step's result is read, by steps and by outputs.</summary>
    public int[] CountUses()
    {
        var uses = new int[Steps.Length];
        foreach (LaneInstruction step in Steps)
        {
            if (!step.IsSource)
            {
                uses[step.A]++;
                if (step.B >= 0) { uses[step.B]++; }
                if (step.C >= 0) { uses[step.C]++; }
            }
        }

        foreach ((int step, _) in Outputs)
        {
            uses[step]++;
        }

        return uses;
    }
}
