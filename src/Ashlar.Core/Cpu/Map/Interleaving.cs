using System.Runtime.Intrinsics;
using Ashlar.Ir;

namespace Ashlar.Cpu.Map;

/// <summary>How many vectors a loop computes side by side: the steps of a long function wait for each other, those of other vectors do not.</summary>
static class Interleaving
{
    // Two were no faster than one.
    const int Least = 3;
    const int Most = 4;
    const int ShortestFunction = 12;

    // No more than there are, of which constants that several steps read take one each and all others one: a vector that is put away lies across two lines of an unaligned stack, and the loop takes twice as long.
    const int Registers = 32;

    /// <summary>Vectors at a time; 1 for programs that are short, may throw, or would not find the registers.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="folds">For each output how its rows are reduced, or null; empty if none is. Then a multiple of the vectors in 32 lanes, which have registers of their own.</param>
    public static int Of(LaneProgram program, ReduceKind?[] folds)
    {
        LaneInstruction[] steps = program.Steps;
        if (!Vector512.IsHardwareAccelerated || steps.Count(step => !step.IsSource) < ShortestFunction || Array.Exists(steps, step => step.MayThrow))
        {
            return 1;
        }

        int[] uses = program.CountUses();
        int constants = Enumerable.Range(0, steps.Length).Count(i => steps[i].Op == LaneOp.Constant && !ConstantTable.Holds(program, uses, i));
        int parts = folds.Length == 0 ? 1 : FoldLanes.Count / program.Lanes;
        int lanes = parts * folds.Count(fold => fold is not null);
        int together = Math.Min(Most, (Registers - constants - lanes - 1) / MostAlive(program)) / parts * parts;
        return together < Least ? 1 : together;
    }

    // The largest number of values that wait to be read. Constants do not count, and a bitcast is its operand.
    static int MostAlive(LaneProgram program)
    {
        var root = new int[program.Steps.Length];
        var last = new int[root.Length];
        for (int i = 0; i < root.Length; i++)
        {
            LaneInstruction step = program.Steps[i];
            root[i] = step.Op == LaneOp.Bitcast ? root[step.A] : i;
            if (!step.IsSource)
            {
                foreach (int operand in (ReadOnlySpan<int>)[step.A, step.B, step.C])
                {
                    if (operand >= 0) { last[root[operand]] = i; }
                }
            }
        }

        foreach ((int step, _) in program.Outputs)
        {
            last[root[step]] = root.Length;
        }

        int most = 1;
        for (int i = 0; i < root.Length; i++)
        {
            int alive = 0;
            for (int k = 0; k <= i; k++)
            {
                alive += root[k] == k && program.Steps[k].Op != LaneOp.Constant && last[k] > i ? 1 : 0;
            }

            most = Math.Max(most, alive);
        }

        return most;
    }
}
