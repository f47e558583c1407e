namespace Ashlar.Scalars;

/// <summary>One step of a <see cref="ScalarProgram"/>; its result has the number of its place.</summary>
/// <param name="Op">What is done.</param>
/// <param name="Type">Type of the result.</param>
/// <param name="A">Number of the first operand, or of the argument for <see cref="ScalarOp.Input"/>; -1 if absent.</param>
/// <param name="B">Number of the second operand, -1 if absent.</param>
/// <param name="C">Number of the third operand, -1 if absent.</param>
/// <param name="Bits">A constant's bits (zero-extended), or a shift's count.</param>
public readonly record struct ScalarInstruction(ScalarOp Op, DType Type, int A, int B, int C, long Bits);
