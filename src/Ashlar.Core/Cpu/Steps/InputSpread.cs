using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>Writes the copy of a convolution's input in which padding and dilation are zeros in memory.</summary>
sealed unsafe class InputSpread(ConvolutionGeometry geometry, BufferPlace input, int padded)
{
    public void Run(PlanMemory memory) => geometry.Pad(memory.Pool, input.In(memory.Pointers), memory.Pointers[padded]);
}
