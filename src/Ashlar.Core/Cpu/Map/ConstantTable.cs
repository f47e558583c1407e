using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Constants that stand in memory as whole vectors, so that an instruction reads them as its operand: the registers are for the vectors that stand side by side.</summary>
static unsafe class ConstantTable
{
    /// <summary>Whether a constant is read from memory: if one step reads it. What several read has a register.</summary>
    public static bool Holds(LaneProgram program, int[] uses, int step) => program.Steps[step].Op == LaneOp.Constant && uses[step] == 1 && program.Steps[step].Bits != 0;

    /// <summary>For each step the address of its vector, or 0. The table lives as long as the program that runs.</summary>
    public static nint[] Of(LaneProgram program)
    {
        int[] uses = program.CountUses();
        var addresses = new nint[program.Steps.Length];
        int bytes = Vector512<byte>.Count;
        byte* table = (byte*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(ConstantTable), (program.Steps.Length + 1) * bytes);
        table = (byte*)(((nint)table + bytes - 1) & -bytes);
        for (int i = 0; i < addresses.Length; i++)
        {
            if (!Holds(program, uses, i))
            {
                continue;
            }

            addresses[i] = (nint)table;
            long bits = program.Steps[i].Bits;
            if (program.Steps[i].Type.ItemSize == sizeof(int))
            {
                Vector512.Create((int)bits).Store((int*)table);
            }
            else
            {
                Vector512.Create(bits).Store((long*)table);
            }

            table += bytes;
        }

        return addresses;
    }
}
