using Ashlar.Cpu.Library;

namespace Ashlar.Cpu.Steps;

/// <summary>A kernel of the library on bound buffers.</summary>
sealed unsafe class LibraryStep(LibraryKernel kernel, int[] bindings) : Step
{
    public override void Run(PlanMemory memory)
    {
        byte** operands = stackalloc byte*[bindings.Length];
        for (int i = 0; i < bindings.Length; i++)
        {
            operands[i] = memory.Pointers[bindings[i]];
        }

        kernel.Run(memory.Pool, operands);
    }
}
