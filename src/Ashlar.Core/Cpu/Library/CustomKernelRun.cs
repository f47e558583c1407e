using Ashlar.Calls;

namespace Ashlar.Cpu.Library;

/// <summary>A kernel of the user's own. One item is one of the kernel's items.</summary>
sealed unsafe class CustomKernelRun(CustomRun run, long workOfItem) : LibraryKernel(run.Items, workOfItem)
{
    protected override void Execute(byte** operands, int first, int end) => run.Execute(operands, first, end);
}
