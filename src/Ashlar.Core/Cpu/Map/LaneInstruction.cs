namespace Ashlar.Cpu.Map;

/// <summary>One step of a <see cref="LaneProgram"/>.</summary>
/// <param name="Op">What is done.</param>
/// <param name="Type">Lane type of the result: int32, int64, float32 or float64.</param>
/// <param name="From">Lane type of the operands; for loads the stored type.</param>
/// <param name="A">Number of the first operand, or of the kernel's operand for loads; -1 if absent.</param>
/// <param name="B">Number of the second operand, -1 if absent.</param>
/// <param name="C">Number of the third operand, -1 if absent.</param>
/// <param name="Bits">A constant's bits, or a shift's count, which is less than the lane's width.</param>
readonly record struct LaneInstruction(LaneOp Op, DType Type, DType From, int A, int B, int C, long Bits)
{
    /// <summary>Whether the step is only a source of lanes, with no operand among the steps.</summary>
    public bool IsSource => Op is LaneOp.Load or LaneOp.LoadScalar or LaneOp.Constant;

    /// <summary>Whether the step compares.</summary>
    public bool IsComparison => Op is LaneOp.Equal or LaneOp.Less or LaneOp.LessOrEqual;

    /// <summary>Whether the step is a part of <see cref="Scalars.HugeAngle"/>.</summary>
    public bool IsAngle => Op is LaneOp.AngleTurns or LaneOp.AngleHigh or LaneOp.AngleLow;

    /// <summary>Whether the step may throw, so that it runs even when nothing reads its result.</summary>
    public bool MayThrow => Op == LaneOp.DivideUnsigned || (Op == LaneOp.Divide && Type.IsInteger);
}
