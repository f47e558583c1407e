using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>How a product or convolution is computed in the runs that have one of its operands in panels.</summary>
/// <param name="Kernel">Takes the panels in the operand's place.</param>
/// <param name="Buffer">The panels; unbound in runs that have none.</param>
/// <param name="IsA">Which operand.</param>
/// <param name="Other">The other operand, where it lies.</param>
sealed record KeptStep(IContraction Kernel, int Buffer, bool IsA, BufferPlace Other);
